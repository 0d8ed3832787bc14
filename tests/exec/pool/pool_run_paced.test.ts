import { assertEquals } from "@std/assert";
import { nextTurn } from "../../../lib/clock.ts";
import { keyReader } from "../../../lib/exec/pace/item_key.ts";
import { paceOf, type PaceOptions } from "../../../lib/exec/pace/pace.ts";
import { encodeJsonItem, valueSource } from "../../../lib/exec/input/value_source.ts";
import { openPool } from "../../../lib/exec/pool/pool.ts";
import type { PoolEvent, RunOptions } from "../../../lib/exec/pool/run_options.ts";
import type { SlotReading } from "../../../lib/exec/tuning/slot_reading.ts";
import { recordKind } from "../../../lib/exec/wire/protocol.ts";
import { Agenda } from "../schedule/simulation/agenda.ts";
import { manualHost, options, result } from "./manual_host.ts";

const failed = '{"line":1,"error":{"name":"Error","message":"bad"}}\n';

/** A run of these items at a pace in one slot of two tasks, with a clock that the test moves on. */
async function begun(items: readonly unknown[], pace: Partial<PaceOptions>, given: Partial<RunOptions> = {}) {
  const slots = manualHost((say) => say({ kind: "loaded", hasTeardown: false }));
  const clock = new Agenda();
  const pool = await openPool({ ...options, host: slots.host, clock });
  const events: PoolEvent[] = [];
  const readings: SlotReading[] = [];
  const run = pool.run(valueSource(items, encodeJsonItem), {
    ordered: false,
    onEvent: (event) => void events.push(event),
    onReading: (reading) => void readings.push(reading),
    pace: paceOf({ rates: [], ...pace }),
    ...given,
  });
  const ended = Array.fromAsync(run);
  await nextTurn(); // the items are read
  const sent = () => slots.sent.map(([first]) => first);
  return { ...slots, pool, clock, events, readings, ended, sent };
}

Deno.test("pool run, paced: one item a time, at its rate, and progress can say what holds the others back", async () => {
  const { pool, clock, sent, says, ended } = await begun([1, 2, 3], { rates: [{ count: 10, ms: 995 }] });
  assertEquals([sent(), pool.heldBack()], [[0], "rate"]);
  await clock.next();
  assertEquals([sent(), clock.now(), pool.heldBack()], [[0, 1], 100, undefined], "no place is free");
  assertEquals(clock.isEmpty, true, "an end will say that there is one");
  says[0](result(0));
  assertEquals([sent(), pool.heldBack()], [[0, 1], "rate"]);
  await clock.next();
  assertEquals([sent(), clock.now(), pool.heldBack()], [[0, 1, 2], 200, undefined]);
  for (const item of [1, 2]) says[0](result(item));
  await ended;
});

Deno.test("pool run, paced: a retry is a start too", async () => {
  const { clock, sent, says, ended } = await begun([1, 2], { delayMs: 250 }, { retries: 1 });
  says[0](result(0, failed, recordKind.error));
  while (sent().length < 2) await clock.next();
  assertEquals([sent(), clock.now()], [[0, 0], 250]);
  while (sent().length < 3) await clock.next();
  assertEquals([sent(), clock.now()], [[0, 0, 1], 500]);
  for (const item of [0, 1]) says[0](result(item));
  await ended;
});

Deno.test("pool run, paced: by key, and the first item without one is told", async () => {
  const read = keyReader("k", "json")!;
  const items = [{ k: 1 }, { k: 1 }, 7, 8];
  const { pool, events, sent, says, ended } = await begun(items, { keys: { read, perKey: 1 } });
  assertEquals([sent(), events], [[0, 2], [{ kind: "keyless", line: 3 }]]);
  says[0](result(2));
  assertEquals([sent(), pool.heldBack()], [[0, 2, 3], undefined]);
  says[0](result(3));
  assertEquals([sent(), pool.heldBack()], [[0, 2, 3], "key"]);
  says[0](result(0));
  says[0](result(1));
  await ended;
});

Deno.test("pool run, paced: an item that waits for its next attempt keeps the place of its key", async () => {
  const keys = { read: keyReader(".", "json")!, perKey: 1 };
  const { pool, clock, sent, says, ended } = await begun([7, 7], { keys }, { retries: 1 });
  says[0](result(0, failed, recordKind.error));
  assertEquals([sent(), pool.heldBack()], [[0], "key"]);
  while (pool.resting() > 0) await clock.next();
  assertEquals(sent(), [0, 0]);
  says[0](result(0, failed, recordKind.error));
  assertEquals(sent(), [0, 0, 1]);
  says[0](result(1));
  await ended;
});

Deno.test("pool run, paced: a tuner hears that places are missing only if an item could start in one", async () => {
  const { readings, says, clock, ended } = await begun([1, 2, 3, 4], { rates: [{ count: 10, ms: 995 }] });
  says[0](result(0));
  await clock.next();
  await clock.next();
  clock.after(100, () => {});
  await clock.next();
  says[0](result(1));
  assertEquals(readings.map(({ full }) => full), [false, true]);
  for (const item of [2, 3]) {
    says[0](result(item));
    if (item === 2) await clock.next();
  }
  await ended;
});

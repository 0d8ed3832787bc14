import { assert, assertEquals, assertRejects } from "@std/assert";
import { toldTuner } from "../tuning/told_tuner.ts";
import { nextTurn } from "../../../lib/clock.ts";
import { TandemError } from "../../../lib/errors.ts";
import type { ItemSource } from "../../../lib/exec/input/item_source.ts";
import { encodeJsonItem, valueSource } from "../../../lib/exec/input/value_source.ts";
import { outcomesOf } from "../../../lib/exec/pool/outcomes.ts";
import { openPool } from "../../../lib/exec/pool/pool.ts";
import type { PoolOptions } from "../../../lib/exec/pool/pool_options.ts";
import type { PoolEvent, RunOptions } from "../../../lib/exec/pool/run_options.ts";
import type { SlotReading, Width } from "../../../lib/exec/tuning/slot_reading.ts";
import { scheduler } from "../../../lib/exec/schedule/scheduler.ts";
import { controlWord, recordKind, type ToSlot } from "../../../lib/exec/wire/protocol.ts";
import { n } from "../numbers.ts";
import { Agenda } from "../schedule/simulation/agenda.ts";
import { manualHost, options, result } from "./manual_host.ts";

/** A pool of slots that load at once, with a clock that the test moves on. `seen`: the batches that runs begin with. */
async function opened(more: Partial<PoolOptions> = {}) {
  const slots = manualHost((say) => say({ kind: "loaded", hasTeardown: true }));
  const clock = new Agenda();
  const seen: (number | undefined)[] = [];
  const initialState: typeof scheduler.initialState = (limits, batch) => {
    seen.push(batch);
    return scheduler.initialState(limits, batch);
  };
  const parts = { scheduler: { ...scheduler, initialState }, random: () => 1 };
  const pool = await openPool({ ...options, host: slots.host, clock, ...more }, parts);
  /** A run over these items, whose outcomes and events are gathered. */
  async function begin(items: Iterable<number>, given: Partial<RunOptions> = {}) {
    const events: PoolEvent[] = [];
    const onEvent = (event: PoolEvent) => void events.push(event);
    const run = pool.run(valueSource(items, encodeJsonItem), { ordered: false, onEvent, ...given });
    const ended = Array.fromAsync(run).then((all) => [...outcomesOf(all.flat(), "json")]);
    ended.catch(() => {}); // a test looks at it later
    await nextTurn(); // the items are read
    return { events, ended };
  }
  return { ...slots, pool, clock, begin, seen };
}

const failed = '{"line":1,"error":{"name":"Error","message":"bad"}}\n';

Deno.test("pool run: a second run in the same pool begins again with the first item", async () => {
  const { pool, begin, says, sent } = await opened();
  for (let i = 0; i < 2; i++) {
    const { ended } = await begin([5]);
    says[0](result(0));
    assertEquals(await ended, [{ kind: "ok", index: 0, value: 1 }]);
  }
  assertEquals(sent, [[0, 1], [0, 1]]);
  assertEquals([await pool.running(), pool.resting(), pool.heldBack()], [{ items: 0 }, 0, undefined]);
  const closed = pool.close();
  says[0]({ kind: "finished" });
  await closed;
});

Deno.test("pool run: begins with the batch that an earlier run has found", async () => {
  const { begin, says, seen } = await opened();
  for (let run = 0; run < 2; run++) {
    const { ended } = await begin([5]);
    says[0](result(0));
    await ended;
  }
  assertEquals([seen[0], typeof seen[1]], [undefined, "number"]);
});

Deno.test("pool run: its slots hear of the time limit, in whole milliseconds, and of no item that the output waits for", async () => {
  const { begin, posted, says } = await opened();
  const { control } = posted[0][0] as ToSlot & { kind: "load" };
  for (const [timeoutMs, limitMs] of [[99.2, 100], [undefined, 0]]) {
    const { ended } = await begin([5], { timeoutMs });
    assertEquals([control[controlWord.limitMs], control[controlWord.nextOut]], [limitMs, -1]);
    says[0](result(0));
    await ended;
  }
});

Deno.test("pool run: left early, it closes its input, reads no more of it, and waits for nothing", async () => {
  const { pool, says, clock } = await opened();
  const [first, second] = [Promise.withResolvers<boolean>(), Promise.withResolvers<boolean>()];
  const reads: Promise<boolean>[] = [first.promise, second.promise];
  let closed = 0;
  const source: ItemSource = {
    read(blocks) {
      if (reads.length === 2) blocks.append(Uint8Array.of(0x31), n(1));
      return reads.shift() ?? Promise.reject(new Error("read again"));
    },
    close: () => closed++,
  };
  const run = pool.run(source, { ordered: false, timeoutMs: 50 });
  const delivery = run.next();
  first.resolve(true);
  await nextTurn();
  says[0](result(0));
  await delivery;
  assertEquals([closed, clock.isEmpty], [0, false]);
  await run.return(undefined);
  assertEquals([closed, clock.isEmpty], [1, true]);
  second.resolve(true);
  await nextTurn();
  assertEquals(reads, [], "and not again");
});

Deno.test("pool run: one at a time, and none after one that was left early; then no teardown runs", async () => {
  const { pool, begin, says, posted, terminated } = await opened();
  const { ended } = await begin([5]);
  const other = pool.run(valueSource([], encodeJsonItem), { ordered: false });
  await assertRejects(() => other.next(), Error, "one run at a time");
  says[0](result(0));
  await ended;

  const left = pool.run(valueSource([1, 2], encodeJsonItem), { ordered: false });
  const first = left.next();
  await nextTurn();
  says[0](result(0));
  await first;
  await left.return(undefined);
  await assertRejects(() => pool.run(valueSource([], encodeJsonItem), { ordered: false }).next(), Error, "left early");
  await pool.close();
  assertEquals([posted[0].some(({ kind }) => kind === "finish"), terminated], [false, [1]]);
});

Deno.test("pool run: says which item has been running longest, and how many rest", async () => {
  const { pool, begin, says, runs, clock, terminated } = await opened();
  const { events, ended } = await begin([5, 6], { retries: 1 });
  runs([{ item: n(1), since: n(1), waits: false }]);
  assertEquals(await pool.running(), { items: 1, oldest: { line: 2, ageMs: 0 } });
  assertEquals(pool.resting(), 0);
  says[0](result(0, failed, recordKind.error));
  assertEquals([pool.resting(), events], [1, [{ kind: "retry" }]]);
  while (pool.resting() > 0) await clock.next();
  assertEquals(clock.now(), 100);
  says[0](result(1));
  says[0](result(0, "2\n"));
  const outcomes = (await ended).map((outcome) => outcome.kind === "ok" && [outcome.index, outcome.value]);
  assertEquals([outcomes, terminated], [[[1, 1], [0, 2]], []]);
});

Deno.test("pool run: an item rests as long as its error asks for, and not at all if that says never", async () => {
  const { begin, says, clock, posted } = await opened({ retry: { maxMs: 5_000, names: ["Error"] } });
  assertEquals((posted[0][0] as ToSlot & { kind: "load" }).retry, { maxMs: 5_000, names: ["Error"] });
  const { ended } = await begin([5, 6], { retries: 1 });
  says[0]({ ...result(0, failed, recordKind.error), hints: [0, 700] });
  says[0]({ ...result(1, failed, recordKind.error), hints: [1, -1] });
  await clock.next();
  assertEquals(clock.now(), 800);
  says[0](result(0, "2\n"));
  assertEquals((await ended).map(({ kind, index }) => [kind, index]), [["error", 1], ["ok", 0]]);
});

Deno.test("pool run: a thread's death is no reason to run an item again if only other errors are", async () => {
  for (const [names, retried] of [[["Error"], 0], [["ThreadDied"], 1]] as const) {
    const { begin, says, ranLast } = await opened({ retry: { maxMs: 5_000, names } });
    const { events, ended } = await begin([5], { retries: 1 });
    ended.catch(() => {});
    ranLast([{ item: n(0), since: n(1), waits: false }]);
    says[0]({ kind: "fatal", message: "worse" });
    assertEquals(events.filter(({ kind }) => kind === "retry").length, retried);
  }
});

Deno.test("pool run: the error of an item that was tried again says how often", async () => {
  const { pool, says, clock } = await opened();
  const run = pool.run(valueSource([5], encodeJsonItem), { ordered: false, retries: 1 });
  const first = run.next();
  await nextTurn(); // the item is read
  says[0](result(0, failed, recordKind.error));
  await clock.next();
  says[0](result(0, failed, recordKind.error));
  const { value } = await first;
  assertEquals(JSON.parse(new TextDecoder().decode(value?.[0].bytes)).attempts, 2);
  assertEquals(await run.next(), { done: true, value: undefined });
});

Deno.test("pool run: a thread that dies is replaced, and an error that is nobody's is told", async () => {
  const { begin, says, ranLast, posted } = await opened();
  const { events, ended } = await begin([5, 6]);
  says[0]({ kind: "uncaught", message: "late", line: n(1) });
  ranLast([{ item: n(0), since: n(1), waits: false }]);
  says[0]({ kind: "fatal", message: "worse", at: "job.ts:7" });
  assertEquals(events, [{ kind: "uncaught", message: "late", line: 1 }, { kind: "restart" }]);
  ranLast([]);
  says[1]({ kind: "fatal", message: "nobody's" });
  assertEquals(events.slice(2), [{ kind: "uncaught", message: "nobody's" }, { kind: "restart" }]);
  says[2](result(1));
  const outcomes = await ended;
  const [error] = outcomes.filter(({ kind }) => kind === "error");
  assert(error.kind === "error");
  assertEquals([error.index, error.error.message, outcomes.length], [0, "its thread died: worse", 2]);
  assertEquals(posted.length, 3);
});

Deno.test("pool run: it gives up when threads die again and again, and says why", async () => {
  const { begin, says, terminated } = await opened();
  const { ended } = await begin([5]);
  for (let deaths = 0; deaths < 100 && says.length > terminated.length; deaths++) {
    says.at(-1)!({ kind: "fatal", message: "out of memory" });
  }
  await assertRejects(() => ended, TandemError, "none: its threads keep crashing: out of memory");
  assertEquals(terminated.length, 11, "ten were replaced");
});

Deno.test("pool run: an input that breaks off gives its error after the outcomes of all earlier items", async () => {
  const { begin, says } = await opened();
  const seen: unknown[] = [];
  const { ended } = await begin(
    (function* () {
      yield 5;
      throw new Error("torn");
    })(),
    { onReading: ({ items }) => void seen.push(items) },
  );
  says[0](result(0));
  await assertRejects(() => ended, Error, "torn");
  assertEquals(seen, [1]);
});

Deno.test("pool run: only with all probes, a slot hears when its items left, and a reading says how long it took to come", async () => {
  for (const probes of ["all", "cpu", undefined] as const) {
    const { begin, says, sent, clock } = await opened({ probes });
    clock.after(40, () => {});
    await clock.next();
    const readings: SlotReading[] = [];
    const { ended } = await begin([5], { onReading: (reading) => void readings.push(reading) });
    assertEquals(sent, [probes === "all" ? [0, 1, 40] : [0, 1]]);
    clock.after(7, () => {});
    await clock.next();
    const phases = { sentMs: 1, queuedMs: 2, heldMs: 3, leftAt: 45 };
    says[0]({ ...result(0), ...probes === "all" && { phases } });
    await ended;
    assertEquals(readings.map(({ phases }) => phases?.receiveMs), [probes === "all" ? 2 : undefined]);
  }
});

Deno.test("pool run: becomes as wide as its tuner wants it", async () => {
  const { begin, says, posted } = await opened();
  let wanted: Width | undefined = { threads: 2, tasks: 3 };
  const observe = () => {
    const now = wanted;
    wanted = undefined;
    return now;
  };
  const tuner = toldTuner({ width: { threads: 1, tasks: 2 }, observe });
  const { ended, events } = await begin([5, 6, 7, 8], { tuner });
  says[0](result(0));
  assertEquals(posted[0].at(-1)?.kind, "width");
  assertEquals([posted.length, events], [2, []], "a new thread has not replaced one");
  const { control } = posted[1][0] as ToSlot & { kind: "load" };
  assertEquals(control[controlWord.tasks], 3);
  for (const item of [1, 2, 3]) says[0](result(item));
  await ended;
});

Deno.test("pool run: after Ctrl-C, slots hear of it at once, and a run that does not end by itself ends a second later", async () => {
  const stop = new AbortController();
  const { pool, begin, clock, posted, says, terminated } = await opened({ signal: stop.signal });
  const { ended } = await begin([5, 6]);
  stop.abort();
  assertEquals(posted[0].map(({ kind }) => kind), ["load", "stop"]);
  says[0](result(0));
  await nextTurn(); // it has been taken, and nothing else comes
  await clock.next();
  assertEquals([await ended, clock.now()], [[{ kind: "ok", index: 0, value: 1 }], 1_000]);
  await pool.close();
  assertEquals([posted[0].length, terminated], [2, [1]], "there is no time for a teardown");
});

Deno.test("pool run: after its signal has aborted, no item is sent and no outcome comes, and it ends", async () => {
  const controller = new AbortController();
  const { begin, sent } = await opened({ signal: controller.signal });
  controller.abort();
  const { ended } = await begin([5, 6]);
  assertEquals([await ended, sent], [[], []]);
});

import { assert, assertEquals, assertRejects } from "@std/assert";
import { startTime } from "../../../lib/clock.ts";
import { JobError } from "../../../lib/errors.ts";
import type { Host, HostMessage } from "../../../lib/exec/host/host.ts";
import { openPool } from "../../../lib/exec/pool/pool.ts";
import { controlWord, type ToSlot } from "../../../lib/exec/wire/protocol.ts";
import { Agenda } from "../schedule/simulation/agenda.ts";
import { manualHost, options } from "./manual_host.ts";

Deno.test("opening a pool: each slot is told what to load, and all share one memory for control", async () => {
  const { host, posted, terminated } = manualHost((say) => say({ kind: "loaded", hasTeardown: false }));
  const clock = new Agenda();
  const numbering = { first: 1, step: 3 };
  const pool = await openPool(
    { ...options, host, clock, threads: 2, numbering, probes: "cpu", spans: "all", tuned: true, wantsItems: true },
    { slotCredit: 1_000 },
  );
  const loads = posted.map(([first]) => first as ToSlot & { kind: "load" });
  for (const [thread, { control: _, results, epoch, ...rest }] of loads.entries()) {
    assertEquals<unknown>(rest, {
      kind: "load",
      job: options.job,
      format: options.format,
      thread,
      generation: thread + 1,
      numbering,
      credit: 1_000,
      probes: "cpu",
      spans: "all",
      tuned: true,
      retry: undefined,
      wantsItems: true,
    });
    assert(results.byteLength > 1_000);
    assert(Math.abs(epoch - startTime()) < 60_000, "when the pool's clock was 0");
  }
  assertEquals([loads[0].control === loads[1].control, loads[0].control[controlWord.tasks]], [true, 2]);
  assert(loads[0].results !== loads[1].results);
  await pool.close();
  assertEquals(terminated, [1, 2]);
});

Deno.test("opening a pool: items are numbered from 0, and nothing is measured or asked for, if nobody wants it", async () => {
  const { host, posted } = manualHost((say) => say({ kind: "loaded", hasTeardown: false }));
  const pool = await openPool({ ...options, host });
  const { numbering, probes, spans, wantsItems, credit } = posted[0][0] as ToSlot & { kind: "load" };
  assertEquals({ numbering, probes, spans, wantsItems }, {
    numbering: { first: 0, step: 1 },
    probes: "none",
    spans: "none",
    wantsItems: false,
  });
  assertEquals(credit, 4 * 2 ** 20);
  assertEquals(pool.items, undefined);
  await pool.close();
});

Deno.test("opening a pool: it is open when all slots have loaded, and has the items of the first", async () => {
  const { host, says } = manualHost();
  let isOpen = false;
  const opening = openPool({ ...options, threads: 2, host, clock: new Agenda() });
  void opening.then(() => isOpen = true);
  while (says.length < 2) await undefined;
  says[1]({ kind: "loaded", hasTeardown: false, items: "[1]" });
  for (let turns = 0; turns < 20; turns++) await undefined;
  assertEquals(isOpen, false);
  says[0]({ kind: "loaded", hasTeardown: false, items: "[2]" });
  const pool = await opening;
  assertEquals(pool.items, "[1]");
  await pool.close();
});

Deno.test("opening a pool: a thread that dies while it loads is an error of the job's, whose name it has", async () => {
  const deaths: HostMessage[] = [
    { kind: "refused", found: "it is bad" },
    { kind: "fatal", message: "it is bad" },
    { kind: "crashed", error: { name: "ProcessDied", message: "it is bad" }, started: undefined },
  ];
  for (const death of deaths) {
    const { host, terminated } = manualHost((say) => say(death));
    const error = await assertRejects(() => openPool({ ...options, host }), JobError);
    assert(error.message.startsWith("none: it is bad"), error.message);
    assertEquals(terminated, [1], death.kind);
  }
  const { host } = manualHost((say) => say({ kind: "refused", found: "it is bad", code: "memory-too-small" }));
  const error = await assertRejects(() => openPool({ ...options, host }), JobError);
  assertEquals(error.code, "memory-too-small");
});

Deno.test("opening a pool: whatever a host throws is an error", async () => {
  const { host } = manualHost(() => {
    throw "no threads here";
  });
  await assertRejects(() => openPool({ ...options, host }), Error, "no threads here");
});

Deno.test("closing a pool: ends when all slots are gone, with those that died before", async () => {
  const { host, says } = manualHost((say) => say({ kind: "loaded", hasTeardown: false }));
  const gone: (() => void)[] = [];
  const lingering: Host = (generation, onMessage) => ({
    ...host(generation, onMessage),
    terminate: () => new Promise((resolve) => gone.push(resolve)),
  });
  const pool = await openPool({ ...options, threads: 2, host: lingering });
  says[0]({ kind: "fatal", message: "bad" });
  let isClosed = false;
  const closed = pool.close().then(() => isClosed = true);
  for (const end of gone.toReversed()) {
    for (let turns = 0; turns < 20; turns++) await undefined;
    assertEquals([isClosed, gone.length], [false, 2]);
    end();
  }
  await closed;
});

Deno.test("closing a pool: its signal has nothing more to do with it", async () => {
  const stop = new AbortController();
  const { host, posted } = manualHost((say) => say({ kind: "loaded", hasTeardown: false }));
  const pool = await openPool({ ...options, host, signal: stop.signal });
  const { control } = posted[0][0] as ToSlot & { kind: "load" };
  await pool.close();
  stop.abort();
  assertEquals([posted[0].length, control[controlWord.stopped]], [1, 0]);
});

Deno.test("a pool whose signal aborts: all slots are told at once, in their memory too", async () => {
  const stop = new AbortController();
  const { host, posted } = manualHost((say) => say({ kind: "loaded", hasTeardown: false }));
  const pool = await openPool({ ...options, threads: 2, host, signal: stop.signal });
  const { control } = posted[0][0] as ToSlot & { kind: "load" };
  stop.abort();
  assertEquals(posted.map((messages) => messages.map(({ kind }) => kind)), [["load", "stop"], ["load", "stop"]]);
  assertEquals(control[controlWord.stopped], 1);
  await pool.close();
});

import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { systemClock } from "../../../lib/clock.ts";
import { JobError } from "../../../lib/errors.ts";
import type { HostMessage } from "../../../lib/exec/host/host.ts";
import { encodeJsonItem, valueSource } from "../../../lib/exec/input/value_source.ts";
import { outcomesOf } from "../../../lib/exec/pool/outcomes.ts";
import { openPool } from "../../../lib/exec/pool/pool.ts";
import { n } from "../numbers.ts";
import { Agenda } from "../schedule/simulation/agenda.ts";
import { manualHost, options } from "./manual_host.ts";

Deno.test("pool: a host may speak while it makes a slot", async () => {
  const { host, terminated } = manualHost((say) => say({ kind: "refused", found: "is empty" }));
  await assertRejects(() => openPool({ ...options, host }), JobError, "is empty");
  assertEquals(terminated, [1]);
  const ready = manualHost((say) => say({ kind: "loaded", hasTeardown: false }));
  const pool = await openPool({ ...options, threads: 3, host: ready.host });
  await pool.close();
  assertEquals(ready.terminated, [1, 2, 3]);
});

Deno.test("pool: if a slot cannot be started, those before it are terminated", async () => {
  const { host, terminated } = manualHost((_, generation) => {
    if (generation === 3) throw new Error("too many open files");
  });
  await assertRejects(() => openPool({ ...options, threads: 3, host }), Error, "too many open files");
  assertEquals(terminated, [1, 2]);
});

Deno.test("pool: a slot has until its limit to load the job, by the pool's clock", async () => {
  const { host, terminated } = manualHost();
  const clock = new Agenda();
  const opened = assertRejects(() => openPool({ ...options, host, clock, loadMs: 7_000 }), JobError, "within 7 s");
  await clock.next();
  await opened;
  assertEquals([clock.now(), terminated], [7_000, [1]]);
});

Deno.test("pool: aborted while it opens, it rejects with the reason and leaves no slot; aborted before, it starts none", async () => {
  const { host, says, terminated } = manualHost();
  const stop = new AbortController();
  const opened = openPool({ ...options, threads: 2, host, signal: stop.signal });
  says[0]({ kind: "loaded", hasTeardown: true });
  stop.abort(new Error("enough"));
  await assertRejects(() => opened, Error, "enough");
  assertEquals(terminated, [1, 2]);
  await assertRejects(() => openPool({ ...options, host, signal: stop.signal }), Error, "enough");
  assertEquals(says.length, 2);
});

Deno.test("pool: starting slots holds a turn of the event loop for 25 ms and one start, so that a signal is noticed", async () => {
  let ms = 0;
  const clock = { now: () => ms, wait: systemClock.wait };
  const { host, terminated } = manualHost(() => ms += 10);
  const stop = new AbortController();
  setImmediate(() => stop.abort(new Error("enough"))); // in the next turn
  await assertRejects(
    () => openPool({ ...options, threads: 1_000, host, clock, signal: stop.signal }),
    Error,
    "enough",
  );
  assertEquals(terminated, [1, 2, 3]);
});

Deno.test("pool: a teardown that never ends is given up", async () => {
  const { host, says, terminated } = manualHost();
  const clock = new Agenda();
  const opened = openPool({ ...options, host, clock });
  says[0]({ kind: "loaded", hasTeardown: true });
  const closed = (await opened).close();
  assertEquals(terminated, []);
  await clock.next();
  await closed;
  assertEquals([clock.now(), terminated], [5_000, [1]]);
});

Deno.test("pool: an item that is lost because its thread was killed for another item says so", async () => {
  const { host, says, runs, terminated } = manualHost();
  const clock = new Agenda();
  const opened = openPool({ ...options, host, clock });
  says[0]({ kind: "loaded", hasTeardown: false });
  const pool = await opened;
  const seen = Array.fromAsync(pool.run(valueSource([1, 2], encodeJsonItem), { ordered: false, timeoutMs: 100 }));
  await new Promise((resolve) => setImmediate(resolve)); // the items are read
  const buffer = new TextEncoder().encode("1\n").buffer;
  says[0]({ kind: "results", buffer, stretches: [2, 1, 1, 2], ms: 1, pendingMs: 0 });
  runs([{ item: n(0), since: n(1), waits: false }]);
  while (terminated.length === 0) await clock.next();
  const outcomes = (await seen).flatMap((deliveries) => [...outcomesOf(deliveries, "json")]);
  assertEquals(outcomes.map(({ kind, index }) => [kind, index]), [["value", 1], ["error", 0], ["error", 1]]);
  const errors = outcomes.flatMap((outcome) => outcome.kind === "error" ? [outcome.error] : []);
  assertEquals(errors.map(({ name, code }) => [name, code]), [["TimeoutError", "timeout"], ["ThreadDied", "lost"]]);
  assertStringIncludes(errors[1].message, "another item took longer than 100 ms");
  await pool.close();
});

Deno.test("pool: closing it waits for teardowns, each until its slot has finished or is gone, and 5 s at most", async () => {
  const ends: readonly HostMessage[] = [
    { kind: "finished" },
    { kind: "fatal", message: "thrown in teardown" },
    { kind: "crashed", error: { name: "ProcessDied", message: "exit code 1" }, started: [] },
  ];
  for (const end of ends) {
    const waits: number[] = [];
    const clock = {
      now: () => 0,
      wait: (ms: number) => (waits.push(ms), { done: new Promise<void>(() => {}), cancel() {} }),
    };
    const { host, says, terminated } = manualHost((say) => say({ kind: "loaded", hasTeardown: true }));
    const pool = await openPool({ ...options, threads: 2, host, clock, loadMs: 7_000 });
    const closed = pool.close();
    says[0]({ kind: "finished" });
    assertEquals(terminated, [], end.kind);
    says[1](end);
    await closed; // no time has gone by
    assertEquals([terminated.toSorted(), waits], [[1, 2], [7_000, 7_000, 5_000]], end.kind);
  }
});

Deno.test("pool: a teardown that does not end is given up, and a job without one is not waited for", async () => {
  const clock = {
    now: () => 0,
    wait: (ms: number) => ({ done: ms === 5_000 ? Promise.resolve() : new Promise<void>(() => {}), cancel() {} }),
  };
  const endless = manualHost((say) => say({ kind: "loaded", hasTeardown: true }));
  await (await openPool({ ...options, host: endless.host, clock })).close();
  assertEquals(endless.terminated, [1]);
  const never = { ...clock, wait: () => ({ done: new Promise<void>(() => {}), cancel() {} }) };
  const plain = manualHost((say) => say({ kind: "loaded", hasTeardown: false }));
  await (await openPool({ ...options, host: plain.host, clock: never })).close();
  assertEquals(plain.terminated, [1]);
});

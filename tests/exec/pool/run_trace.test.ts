import { assert, assertEquals } from "@std/assert";
import { nextTurn } from "../../../lib/clock.ts";
import { encodeJsonItem, valueSource } from "../../../lib/exec/input/value_source.ts";
import type { Attempt } from "../../../lib/exec/pool/attempt_log.ts";
import { openPool } from "../../../lib/exec/pool/pool.ts";
import type { RunOptions } from "../../../lib/exec/pool/run_options.ts";
import { RunTrace } from "../../../lib/exec/pool/run_trace.ts";
import { recordKind } from "../../../lib/exec/wire/protocol.ts";
import type { TraceEvent } from "../../../lib/model/trace.ts";
import { n } from "../numbers.ts";
import { Agenda } from "../schedule/simulation/agenda.ts";
import { manualHost, options, result } from "./manual_host.ts";

/** A run whose slots do what the test says, and what its trace says. */
async function traced(items: number, given: Partial<RunOptions> = {}, threads = 1) {
  const slots = manualHost((say) => say({ kind: "loaded", hasTeardown: false }));
  const clock = new Agenda();
  const pool = await openPool({ ...options, threads, host: slots.host, clock, spans: "all" }, { random: () => 1 });
  const events: TraceEvent[] = [];
  const also: Attempt[] = [];
  const trace = new RunTrace((event) => void events.push(event), (attempt) => void also.push(attempt));
  const run = pool.run(valueSource(Array(items).fill(0), encodeJsonItem), { ordered: false, watcher: trace, ...given });
  const ended = Array.fromAsync(run);
  ended.catch(() => {});
  await nextTurn(); // the items are read
  /** Lets time pass. */
  const at = async (ms: number) => {
    clock.after(ms - clock.now(), () => {});
    while (clock.now() < ms) assert(await clock.next());
  };
  /** What the trace has said of these kinds since it was last asked. */
  const take = (...kinds: TraceEvent["kind"][]) => events.splice(0).filter(({ kind }) => kinds.includes(kind));
  return { ...slots, clock, ended, trace, also, at, take };
}

/** A slot's report that an item has ended so. */
const ended = (item: number, [startMs, ms, pendingMs = 0]: readonly number[]) => ({
  ...result(item),
  spans: [item, startMs, ms, pendingMs],
});

const failed = (item: number, startMs: number, ms: number) => ({
  ...result(item, '{"line":1,"error":{"name":"RangeError","message":"no"}}\n', recordKind.error),
  spans: [item, startMs, ms, 0],
});

Deno.test("run trace: of an item, how long it waited in its slot, ran, was pending, and was on its way to main", async () => {
  const { says, at, take, also } = await traced(1);
  await at(12);
  says[0](ended(0, [4, 5, 3]));
  await nextTurn();
  assertEquals(take("attempt", "send", "queue"), [
    {
      kind: "attempt",
      slot: 0,
      startMs: 4,
      ms: 5,
      pendingMs: 3,
      line: 1,
      attempt: 1,
      bytes: 2,
      outcome: "ok",
      error: undefined,
      queueMs: 4,
      sendMs: 3,
    },
    { kind: "queue", slot: 0, startMs: 0, ms: 4, items: 1, line: 1 },
    { kind: "send", slot: 0, startMs: 9, ms: 3, items: 1 },
  ]);
  assertEquals(also.map(({ line, bytes }) => [line, bytes]), [[1, 2]]);
});

Deno.test("run trace: items that were sent together wait together, until the last one has started", async () => {
  const { says, sent, at, take } = await traced(6);
  const together = sent[0][1];
  await at(100);
  for (let item = together - 1; item >= 0; item--) says[0](ended(item, [10 * item, 5]));
  await nextTurn();
  const [first] = take("queue");
  assertEquals(first, { kind: "queue", slot: 0, startMs: 0, ms: 10 * (together - 1), items: together, line: 1 });
});

Deno.test("run trace: a process whose clock is ahead gives no span that ends before it begins", async () => {
  const { says, at, take } = await traced(1);
  await at(5);
  says[0](ended(0, [-1, 6.5]));
  await nextTurn();
  const [attempt, queue, send] = take("attempt", "queue", "send");
  assert(attempt.kind === "attempt" && queue.kind === "queue" && send.kind === "send");
  assertEquals([attempt.queueMs, attempt.sendMs, queue.ms, send.startMs, send.ms], [0, 0, 0, 5, 0]);
});

Deno.test("run trace: an item that fails says so, and that it runs again", async () => {
  const { says, at, take } = await traced(1, { retries: 1 });
  await at(3);
  says[0](failed(0, 1, 2));
  await at(200);
  says[0](failed(0, 150, 10));
  await nextTurn();
  const events = take("attempt", "retry");
  assertEquals(
    events.map((event) => event.kind === "attempt" ? [event.attempt, event.outcome, event.error] : event),
    [
      [1, "error", "RangeError"],
      { kind: "retry", slot: 0, atMs: 3, line: 1, attempt: 2 },
      [2, "error", "RangeError"],
    ],
  );
});

Deno.test("run trace: a thread that dies is replaced; what it was running is lost, and what waited waits again", async () => {
  const { says, sent, ranLast, at, take } = await traced(2);
  await at(40);
  ranLast([{ item: n(0), since: n(30), waits: false }]);
  says[0]({ kind: "fatal", message: "it fell" });
  await nextTurn();
  const events = take("attempt", "restart", "queue");
  assertEquals(
    events.map((event) => event.kind === "attempt" ? [event.outcome, event.startMs, event.ms] : event),
    [
      { kind: "queue", slot: 0, startMs: 0, ms: 40, items: sent[0][1], line: 1 },
      ["lost", 30, 10],
      { kind: "restart", slot: 0, atMs: 40 },
    ],
  );
  says[1](ended(1, [50, 1]));
  await nextTurn();
  assertEquals(take("attempt").length, 1);
});

Deno.test("run trace: a thread that is ended for an item over its limit: what waited there waited until then", async () => {
  const { runs, clock, terminated, take } = await traced(2, { timeoutMs: 100 });
  take();
  runs([{ item: n(0), since: n(1), waits: false }]);
  while (terminated.length === 0) assert(await clock.next());
  const [queue, kill] = take("queue", "kill");
  assert(queue.kind === "queue" && kill.kind === "kill");
  assertEquals([queue.slot, queue.startMs, queue.ms], [0, 0, kill.atMs]);
});

Deno.test("run trace: an item beside one that crashed its process was cut off, which is said when it runs again", async () => {
  const { says, ranLast, at, take } = await traced(2);
  await at(40);
  ranLast([{ item: n(0), since: n(30), waits: false }, { item: n(1), since: n(35), waits: true }]);
  const error = { name: "ProcessDied", message: "it fell", code: "lost" } as const;
  says[0]({ kind: "crashed", error, started: [{ first: 0, end: 2 }] });
  await nextTurn();
  const cut = take("attempt");
  assertEquals(cut.map((event) => event.kind === "attempt" && [event.line, event.outcome, event.startMs, event.ms]), [
    [1, "again", 30, 10],
  ]);
  says[1](ended(0, [50, 1]));
  await nextTurn();
  assertEquals(take("attempt").map((event) => event.kind === "attempt" && [event.line, event.outcome]), [
    [1, "ok"],
    [2, "again"],
  ]);
});

Deno.test("run trace: items that an idle slot takes over are a steal, of those that had not started", async () => {
  const { says, sent, at, take } = await traced(8, {}, 2);
  assertEquals(sent.length, 2);
  await at(7);
  const [first, end] = sent[1];
  for (let item = first; item < end; item++) says[1](ended(item, [1, 1]));
  await nextTurn();
  says[0]({ kind: "reclaimed", ranges: [{ first: 2, end: 4 }] });
  await nextTurn();
  assertEquals(take("steal"), [{ kind: "steal", slot: 0, atMs: 7, items: 2, line: 3 }]);
});

Deno.test("run trace: the width at first; items that end in a second, and that are in flight, every 100 ms at most", async () => {
  const { says, at, take, trace } = await traced(4, {}, 1);
  assertEquals(take("width"), [{ kind: "width", atMs: 0, threads: 1, tasks: 2 }]);
  await at(60);
  says[0](ended(0, [0, 1]));
  await nextTurn();
  assertEquals(take("rate", "inFlight"), []);
  await at(200);
  says[0](ended(1, [60, 1]));
  await nextTurn();
  assertEquals(take("rate", "inFlight")[0], { kind: "rate", atMs: 0, itemsPerSecond: 10 });
  await at(300);
  trace.end();
  assertEquals(take("rate")[0], { kind: "rate", atMs: 200, itemsPerSecond: 0 });
});

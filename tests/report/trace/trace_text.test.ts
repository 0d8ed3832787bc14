import { assertEquals } from "@std/assert";
import fc from "fast-check";
import type { TracedAttempt, TraceEvent } from "../../../lib/model/trace.ts";
import { TraceText } from "../../../lib/report/trace/trace_text.ts";
import { endOf, type FormatEvent, nameOf, validTrace } from "./valid_trace.ts";

const attempt: TracedAttempt = {
  kind: "attempt",
  slot: 0,
  line: 17,
  attempt: 1,
  startMs: 1,
  ms: 2,
  pendingMs: 0,
  outcome: "ok",
};

/** The trace of these events, which is valid. */
function traceOf(events: readonly TraceEvent[], name = "tandem run job.js"): readonly FormatEvent[] {
  const trace = new TraceText();
  return validTrace([trace.begin(name), ...events.map((event) => trace.text(event)), trace.end()].join(""));
}

const spansOf = (events: readonly FormatEvent[]) => events.filter(({ ph }) => ph === "X");
const only = (events: readonly FormatEvent[]) => events.filter(({ ph }) => ph !== "M");

Deno.test("trace: an item that returns no promise runs; the time in which its promise is pending is a wait beside it", () => {
  const events = traceOf([
    { ...attempt, bytes: 5, queueMs: 0.12345, sendMs: 4 },
    { ...attempt, line: 18, startMs: 4, ms: 10.5, pendingMs: 10.25 },
  ]);
  assertEquals(spansOf(events).map(({ name, ts, dur, args }) => [name, ts, dur, args.line]), [
    ["run", 1000, 2000, 17],
    ["run", 4000, 250, 18],
    ["wait", 4250, 10_250, 18],
  ]);
  const [first] = spansOf(events);
  assertEquals(first.args, { line: 17, attempt: 1, outcome: "ok", bytes: 5, queueMs: 0.123, sendMs: 4 });
  assertEquals([nameOf(events, "process", first), nameOf(events, "thread", first)], ["thread 0", "task 0"]);
});

Deno.test("trace: what failed has its outcome, its error, and a colour; names that others gave stay text", () => {
  const foreign = 'a"\n\u2028\u001b[31m</script>\\';
  const events = traceOf([{ ...attempt, attempt: 2, outcome: "error", error: foreign }], foreign);
  const [{ args, cname }] = spansOf(events);
  assertEquals([args, cname], [{ line: 17, attempt: 2, outcome: "error", error: foreign }, "terrible"]);
  assertEquals(events[0].args, { name: foreign });
});

Deno.test("trace: what waits and what is sent have tracks of their own, above and below those of tasks", () => {
  const span = { slot: 1, startMs: 0, ms: 5, items: 3 };
  const events = traceOf([
    { kind: "send", ...span },
    { ...attempt, slot: 1 },
    { kind: "queue", ...span, line: 7 },
    { kind: "queue", ...span, startMs: 4, line: 10 },
  ]);
  const tracks = spansOf(events).map((span) => {
    const sorting = events.find(({ name, tid }) => name === "thread_sort_index" && tid === span.tid);
    return {
      name: nameOf(events, "thread", span),
      at: Number(sorting?.args.sort_index),
      tid: span.tid,
      args: span.args,
    };
  });
  for (const by of ["at", "tid"] as const) {
    assertEquals(tracks.toSorted((a, b) => a[by] - b[by]).map(({ name }) => name), [
      "queue",
      "queue 1",
      "task 0",
      "send",
    ]);
  }
  assertEquals(tracks.map(({ args }) => args).filter(({ items }) => items), [
    { items: 3 },
    { items: 3, line: 7 },
    { items: 3, line: 10 },
  ]);
});

Deno.test("trace: steals, restarts, kills and retries are points of their thread; width and items are counters", () => {
  const at = { slot: 2, atMs: 1.5 };
  const events = only(traceOf([
    { kind: "steal", ...at, items: 4, line: 9 },
    { kind: "restart", ...at },
    { kind: "kill", ...at },
    { kind: "retry", ...at, line: 3, attempt: 2 },
    { kind: "width", atMs: 2, threads: 2, tasks: 8 },
    { kind: "rate", atMs: 3, itemsPerSecond: 1234.56789 },
    { kind: "inFlight", atMs: 4, items: 12 },
  ]));
  assertEquals(events.map(({ ph, name, pid, ts, args }) => [ph, name, pid, ts, args]), [
    ["i", "steal", 102, 1500, { line: 9, items: 4 }],
    ["i", "restart", 102, 1500, {}],
    ["i", "kill", 102, 1500, {}],
    ["i", "retry", 102, 1500, { line: 3, attempt: 2 }],
    ["C", "width", 1, 2000, { threads: 2, tasks: 8 }],
    ["C", "items per second", 1, 3000, { items: 1234.568 }],
    ["C", "items in flight", 1, 4000, { items: 12 }],
  ]);
});

Deno.test("trace: items that take less than a microsecond stand one after the other: what begins together, Perfetto nests", () => {
  const starts = [82.6361, 82.6364, 82.6367, 3_600_000.000125];
  const events = traceOf(starts.map((startMs, line) => ({ ...attempt, line, startMs, ms: 0.0003 })));
  assertEquals(spansOf(events).map(({ ts, dur }) => [ts, dur]), [
    [82636.1, 0.3],
    [82636.4, 0.3],
    [82636.7, 0.3],
    [3_600_000_000.125, 0.3],
  ]);
  assertEquals(new Set(spansOf(events).map(({ tid }) => tid)).size, 1);
});

Deno.test("trace: groups have threads of their own", () => {
  const trace = new TraceText();
  let text = trace.begin("tandem compare job.js");
  for (const [number, name] of ["serial", "both"].entries()) {
    trace.enter(number, name);
    text += trace.text(attempt) + trace.text({ ...attempt, slot: 1 });
  }
  const events = validTrace(text + trace.end());
  const names = spansOf(events).map((event) => nameOf(events, "process", event));
  assertEquals(names, ["serial thread 0", "serial thread 1", "both thread 0", "both thread 1"]);
});

Deno.test("trace: each text ends with a whole event, so that one that was cut off there can be read when it is closed", () => {
  const trace = new TraceText();
  let text = trace.begin("tandem run job.js");
  for (const slot of [0, 1, 0]) {
    validTrace(text + "]");
    text += trace.text({ ...attempt, slot });
  }
  assertEquals(spansOf(validTrace(text + "]")).length, 3);
});

Deno.test("trace: spans of one track never overlap, whatever the times of items; none is lost, and each has its time", () => {
  const times = fc.record({
    slot: fc.nat(2),
    startMs: fc.double({ min: 0, max: 5, noNaN: true }),
    ms: fc.double({ min: 0, max: 3, noNaN: true }),
    pending: fc.double({ min: 0, max: 1, noNaN: true }),
  });
  fc.assert(fc.property(fc.array(times, { maxLength: 50 }), (all) => {
    const ends = all.toSorted((a, b) => a.startMs + a.ms - b.startMs - b.ms);
    const items = ends.map(({ pending, ...rest }, i) => ({
      ...attempt,
      ...rest,
      line: i,
      pendingMs: pending * rest.ms,
    }));
    const byLine = Map.groupBy(spansOf(traceOf(items)), ({ args }) => args.line);
    for (const { line, startMs, ms } of items) {
      const own = byLine.get(line) ?? [];
      assertEquals([own[0].ts, endOf(own[own.length - 1])], [
        Math.round(startMs * 1e6) / 1000,
        Math.round((startMs + ms) * 1e6) / 1000,
      ]);
    }
  }));
});

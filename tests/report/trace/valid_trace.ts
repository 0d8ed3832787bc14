import { assert, assertEquals } from "@std/assert";

/** An event of a trace, as the Trace Event Format has it. */
export interface FormatEvent {
  readonly ph: string;
  readonly cat: string;
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  readonly s?: string;
  readonly cname?: string;
  readonly args: Readonly<Record<string, unknown>>;
}

/** What each kind of event has besides what all have. */
const fields: Readonly<Record<string, readonly string[]>> = { X: ["dur"], i: ["s"], C: [], M: [] };

/** Colours that chrome://tracing knows, of those that we use. */
const colors = ["terrible"];

/**
 * Reads a trace, and makes sure that it is what the format and Perfetto's importer ask for: fields and their types, counters that are
 * numbers, a name for each track, tracks whose spans do not overlap, ids of threads that are those of no process and of no other.
 */
export function validTrace(text: string): readonly FormatEvent[] {
  const events = JSON.parse(text) as FormatEvent[];
  assert(Array.isArray(events) && events.length > 0);
  for (const event of events) {
    const { ph, cat, name, pid, tid, ts, dur, s, cname, args } = event;
    const what = JSON.stringify(event);
    assert(ph in fields, what);
    const known = [
      "ph",
      "cat",
      "name",
      "pid",
      "tid",
      "ts",
      "args",
      ...fields[ph],
      ...cname === undefined ? [] : ["cname"],
    ];
    assertEquals(Object.keys(event).toSorted(), known.toSorted(), what);
    assert(typeof name === "string" && name !== "" && typeof cat === "string", what);
    for (const time of [ts, dur ?? 0]) assert(/^\d{1,12}(\.\d{1,3})?$/.test(String(time)), what); // to the nanosecond
    for (const id of [pid, tid]) assert(Number.isSafeInteger(id) && id > 0 && id < 2 ** 32, what);
    assert(s === undefined || s === "p", what);
    assert(cname === undefined || colors.includes(cname), what);
    assert(typeof args === "object" && args !== null && !Array.isArray(args), what);
    if (ph === "C") assert(Object.values(args).every((value) => Number.isFinite(value)), what);
  }
  const spans = events.filter(({ ph }) => ph === "X");
  const pids = new Set(events.map(({ pid }) => pid));
  for (const [tid, own] of Map.groupBy(spans, ({ tid }) => tid)) {
    assertEquals(new Set(own.map(({ pid }) => pid)).size, 1, `${tid} is in two processes`);
    assert(!pids.has(tid), `${tid} is a process`);
    assertEquals(nameOf(events, "thread", own[0]) !== undefined, true, `${tid} has no name`);
    const ordered = own.toSorted((a, b) => a.ts - b.ts || endOf(a) - endOf(b));
    for (const [i, span] of ordered.slice(1).entries()) {
      assert(endOf(ordered[i]) <= span.ts, `${JSON.stringify(ordered[i])} overlaps ${JSON.stringify(span)}`);
    }
  }
  for (const pid of pids) assert(events.some((event) => event.pid === pid && event.name === "process_name"), `${pid}`);
  return events;
}

/** When a span ends, to the nanosecond. */
export function endOf({ ts, dur = 0 }: FormatEvent): number {
  return Math.round((ts + dur) * 1000) / 1000;
}

/** The name of an event's process, or of its track. */
export function nameOf(events: readonly FormatEvent[], of: "process" | "thread", { pid, tid }: FormatEvent): unknown {
  const naming = events.find((event) =>
    event.name === `${of}_name` && event.pid === pid && (of === "process" || event.tid === tid)
  );
  return naming?.args.name;
}

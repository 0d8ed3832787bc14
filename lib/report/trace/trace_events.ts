/** Where an event stands: a process and a thread of the format. */
export interface Track {
  readonly pid: number;
  readonly tid: number;
}

/**
 * Whole nanoseconds. The format counts microseconds, and Perfetto reads three decimals of them: if they were whole, items that take
 * less would begin together, and Perfetto nests what begins together.
 */
export function nanoseconds(ms: number): number {
  return Math.round(ms * 1e6);
}

/** Nanoseconds as the format writes them, exactly. */
function microseconds(nanoseconds: number): number {
  return nanoseconds / 1000;
}

/** A number for people, to the thousandth. */
export function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}

/** Each event as it stands in the array, behind another one. */
const behind = ",\n";

/** A span: from `start` to `end`, in nanoseconds. `rest`: more fields, as JSON. */
export function span(name: string, { pid, tid }: Track, start: number, end: number, rest: string): string {
  const [ts, dur] = [microseconds(start), microseconds(end - start)];
  return `${behind}{"ph":"X","cat":"tandem","name":"${name}","pid":${pid},"tid":${tid},"ts":${ts},"dur":${dur},${rest}}`;
}

/** A point of time, on a track of its process. */
export function instant(name: string, pid: number, atMs: number, args: object): string {
  return behind +
    JSON.stringify({ ph: "i", cat: "tandem", name, pid, tid: pid, ts: rounded(1000 * atMs), s: "p", args });
}

/** Numbers that hold until the next event of the same name. */
export function counter(name: string, pid: number, atMs: number, args: Readonly<Record<string, number>>): string {
  return behind + JSON.stringify({ ph: "C", cat: "tandem", name, pid, tid: pid, ts: rounded(1000 * atMs), args });
}

/** A name, and the place among others, of a process, or of a thread. */
export function naming(what: "process" | "thread", { pid, tid }: Track, name: string, sortIndex: number): string {
  const one = (key: string, args: object) =>
    behind + JSON.stringify({ ph: "M", cat: "__metadata", name: `${what}_${key}`, pid, tid, ts: 0, args });
  return one("name", { name }) + one("sort_index", { sort_index: sortIndex });
}

/** The text of these events, as the first ones of an array. */
export function first(events: string): string {
  return `[\n${events.slice(behind.length)}`;
}

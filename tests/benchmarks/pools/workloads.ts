import { seededRandom } from "../../../lib/stats/random.ts";

/** Some work that everyone does: a job of tests/benchmarks/jobs over generated lines. */
export interface Workload {
  readonly id: string;
  readonly title: string;
  /** The job's file. */
  readonly job: string;
  /** Lines at scale 1, for those who need 1 to 3 s for them; the slower ones get a share. */
  readonly items: number;
  /** Items that a thread runs at once. */
  readonly tasks: number;
  /** Messages under way in each thread of a pool that sends items one by one: the best for it, of those tried. */
  readonly underWay: number;
  /** Items given to a pool and not yet back: its queue must not grow with the input. */
  readonly inFlight: number;
  /** Processes that GNU parallel and xargs start: one a core where all items cost the same. */
  readonly pieces: number;
  /** Whether the job itself costs something, so that there is an ideal. */
  readonly ideal: boolean;
  lines(count: number): Iterable<string>;
}

/** Threads, or processes, that everyone gets. */
export const threads = 2;

const cheap = { tasks: 1, inFlight: 1000, pieces: threads, lines: numbers } as const;

/** Nothing to do at all: what is measured is start and end, which the other measurements are freed of. */
export const nothing: Workload = {
  ...cheap,
  id: "start",
  title: "no items: start and end",
  job: "noop.js",
  items: 0,
  underWay: 1,
  ideal: false,
};

export const workloads: readonly Workload[] = [
  {
    ...cheap,
    id: "noop",
    title: "short lines, returned as they are",
    job: "noop.js",
    items: 5e6,
    underWay: 64,
    ideal: false,
  },
  {
    ...cheap,
    id: "cpu1ms",
    title: "about 1 ms of computing an item",
    job: "cpu1ms.js",
    items: 3000,
    underWay: 4,
    ideal: true,
  },
  {
    ...cheap,
    id: "heavy_tail",
    title: "1 to 100 ms of computing an item, most of them short",
    job: "heavy_tail.js",
    items: 1500,
    underWay: 2,
    pieces: 4 * threads,
    ideal: true,
    lines: heavyTail,
  },
  {
    ...cheap,
    id: "mib",
    title: "1 MiB of text an item, returned as it is",
    job: "mib.js",
    items: 200,
    underWay: 2,
    inFlight: 4 * threads,
    ideal: false,
    lines: mebibytes,
  },
  {
    ...cheap,
    id: "wait50",
    title: "50 ms of waiting an item, 100 at once in a thread",
    job: "wait50.js",
    items: 1000,
    tasks: 100,
    underWay: 100,
    ideal: true,
  },
];

function* numbers(count: number): Generator<string> {
  for (let i = 0; i < count; i++) yield `${i}`;
}

/** Pareto costs with the exponent 1.2, cut at 100 ms: their mean is 4.0 ms, and a tenth of the items takes half the time. */
function* heavyTail(count: number): Generator<string> {
  const random = seededRandom(1);
  for (let i = 0; i < count; i++) yield Math.min(100, (1 - random()) ** (-1 / 1.2)).toFixed(1);
}

/** A JSON text of 1 MiB each, newline included, that differs from its neighbours. */
function* mebibytes(count: number): Generator<string> {
  for (let i = 0; i < count; i++) yield `"${`${i} `.padEnd(2 ** 20 - 3, "abcdefghijklmnop")}"`;
}

import { type Build, fromExecutable, fromNpm, fromSource, handWritten, parallel, plain, xargs } from "./commands.ts";
import type { Need } from "./tools.ts";
import { threads, type Workload } from "./workloads.ts";

/** Someone who does the work. */
export interface Contender {
  readonly id: string;
  readonly title: string;
  readonly build: Build;
  readonly need?: Need;
  /** Results come in any order. */
  readonly unordered?: true;
  /** By workload, the share of its items that takes 1 to 3 s; all of them if absent. */
  readonly share?: Readonly<Record<string, number>>;
  /** By workload, why this one cannot take part in it. */
  readonly unfit?: Readonly<Record<string, string>>;
  /** Whether it is for a workload at all; yes if absent. */
  readonly only?: (workload: Workload) => boolean;
}

/** Who all others are compared with. */
export const baseline = "tandem";

/** Not a command to compare with but the bound of all: its time is not the process's but what the program works out. */
export const ideal = "ideal";

const itemByItem = { share: { noop: 0.01 } };
const inBatches = { share: { noop: 0.3 }, unfit: { mib: "a batch is more than all the items" } };
const oneAtOnce = { share: { noop: 0.01, wait50: 0.08 } };
const limits = ({ underWay, inFlight }: Workload) => [threads, underWay, inFlight];
const batchLimits = ({ tasks }: Workload) => [threads, tasks, 4 * threads, 256];

export const contenders: readonly Contender[] = [
  { id: ideal, title: "ideal", only: ({ ideal }) => ideal, build: plain },
  { id: baseline, title: "tandem run, from source", build: fromSource() },
  { id: "executable", title: "tandem run, dist/tandem", need: "executable", build: fromExecutable() },
  {
    id: "hand-written",
    title: "hand-written pool, Deno",
    share: { noop: 0.04 },
    build: handWritten(threads, ({ underWay }) => underWay),
  },
  {
    id: "loop",
    title: "postMessage loop, one worker",
    only: ({ id }) => ["start", "mib"].includes(id),
    build: handWritten(1, () => 2),
  },
  {
    id: "piscina-deno",
    title: "piscina, Deno",
    need: "packages",
    ...itemByItem,
    build: fromNpm(["deno", "piscina"], "piscina.js", limits),
  },
  {
    id: "piscina-node",
    title: "piscina, Node",
    need: "node",
    ...itemByItem,
    build: fromNpm(["node", "piscina"], "piscina.js", limits),
  },
  {
    id: "batches-deno",
    title: "piscina, batches of 256 by hand, Deno",
    need: "packages",
    ...inBatches,
    build: fromNpm(["deno", "piscina"], "piscina_batches.js", batchLimits),
  },
  {
    id: "batches-node",
    title: "piscina, batches of 256 by hand, Node",
    need: "node",
    ...inBatches,
    build: fromNpm(["node", "piscina"], "piscina_batches.js", batchLimits),
  },
  {
    id: "poolifier-deno",
    title: "poolifier, Deno",
    need: "packages",
    ...itemByItem,
    build: fromNpm(["deno", "poolifier"], "poolifier.js", limits),
  },
  {
    id: "poolifier-node",
    title: "poolifier, Node",
    need: "node",
    ...itemByItem,
    build: fromNpm(["node", "poolifier"], "poolifier.js", limits),
  },
  {
    id: "workerpool-deno",
    title: "workerpool, Deno",
    need: "packages",
    ...oneAtOnce,
    build: fromNpm(["deno", "workerpool"], "workerpool.js", limits),
  },
  {
    id: "workerpool-node",
    title: "workerpool, Node",
    need: "node",
    ...oneAtOnce,
    build: fromNpm(["node", "workerpool"], "workerpool.js", limits),
  },
  { id: "parallel", title: "GNU parallel --pipe", need: "parallel", build: parallel },
  {
    id: "xargs",
    title: "xargs -P (unordered)",
    need: "xargs",
    unordered: true,
    unfit: { mib: "an argument has at most 128 KiB" },
    build: xargs,
  },
];

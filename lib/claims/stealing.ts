import { type JobWork, openCell, runItems } from "../bench/job_work.ts";
import { encodeJsonItem } from "../exec/input/value_source.ts";
import type { Cell } from "../model/grid.ts";
import { seededRandom, shuffled } from "../stats/random.ts";
import type { Lab } from "./experiment.ts";
import { measurePairs } from "./pairs.ts";

/** The same items in each round, in a new order, in two threads. */
export interface StealingFound {
  readonly items: number;
  /** Each thread has its half of the items beforehand, in milliseconds. */
  readonly splitMs: readonly number[];
  /** Idle threads take items from the other one. */
  readonly stealingMs: readonly number[];
  /** How many items the thread ran that ran most, with stealing. */
  readonly most: readonly number[];
  /** What the longest item took, with stealing. */
  readonly longestMs: readonly number[];
}

/** Runs items in two threads, and resolves to what was seen. */
export type RunInTwo = (work: JobWork, items: readonly Uint8Array[]) => Promise<TwoThreads>;

interface TwoThreads {
  readonly ms: number;
  /** Items that the thread ran that ran most. */
  readonly most: number;
  readonly longestMs: number;
}

/** One pool of two threads, in which an idle thread takes unstarted items from the other one. */
export const withStealing: RunInTwo = (work, items) => run(work, [items], 2);

/** Two pools of one thread, each with half of the items. */
export const asSplit: RunInTwo = (work, items) => {
  const half = Math.ceil(items.length / 2);
  return run(work, [items.slice(0, half), items.slice(half)], 1);
};

const count = 64;

/**
 * Limits of `primes`, of which the longest computes a third of the total time: quantiles of a Pareto distribution, as the time
 * grows with the power 1.45 of the limit. All of them take some 50 ms.
 */
const limits: readonly number[] = Array.from(
  { length: count },
  (_, i) => Math.round(8_000 * ((i + 0.5) / count) ** (-1 / 1.45)),
);

/** Before a run its threads compile the job. */
const warmup = Array(8).fill(20_000).map(encodeJsonItem);

/** Measures both ways in pairs: both have the same order of items in a round. */
export async function measureStealing(lab: Lab, split = asSplit, stealing = withStealing): Promise<StealingFound> {
  const { host, meter, clock, signal, seed } = lab;
  const job = { kind: "builtin", name: "primes" } as const;
  const work: JobWork = { job, name: job.name, input: "json", host, meter, clock, signal };
  const orders = (round: number) => shuffled(limits, seededRandom(seed + round)).map(encodeJsonItem);
  const seen: TwoThreads[] = [];
  let [splits, steals] = [0, 0];
  const pairs = await measurePairs(
    async () => (await split(work, orders(splits++))).ms,
    async () => {
      const one = await stealing(work, orders(steals++));
      seen.push(one);
      return one.ms;
    },
    lab,
  );
  const counted = seen.slice(1); // the first round only warms up
  return {
    items: count,
    splitMs: pairs.tasksMs,
    stealingMs: pairs.threadsMs,
    most: counted.map(({ most }) => most),
    longestMs: counted.map(({ longestMs }) => longestMs),
  };
}

/** Runs each share in a fresh pool, all at the same time. */
async function run(work: JobWork, shares: readonly (readonly Uint8Array[])[], threads: number): Promise<TwoThreads> {
  const cell: Cell = { mode: threads === 1 ? "serial" : "threads", threads, tasks: 1 };
  const pools = await Promise.all(shares.map(() => openCell(work, cell)));
  const ran = new Map<string, number>();
  let longestMs = 0;
  const inPools = (items: (share: number) => readonly Uint8Array[], isTimed: boolean) =>
    Promise.all(pools.map((pool, share) =>
      runItems(pool, work, items(share), { indexOf: (place) => place, cell }, {
        onReading({ slot, items, itemMs = [] }) {
          if (!isTimed) return;
          const thread = `${share} ${slot}`;
          ran.set(thread, (ran.get(thread) ?? 0) + items);
          longestMs = Math.max(longestMs, ...itemMs);
        },
      })
    ));
  try {
    await inPools(() => warmup, false);
    const start = work.clock.now();
    await inPools((share) => shares[share], true);
    const ms = work.clock.now() - start;
    return { ms, most: Math.max(...ran.values()), longestMs };
  } finally {
    await Promise.all(pools.map((pool) => pool.close()));
  }
}

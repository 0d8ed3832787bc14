import type { Evidence } from "../model/claim.ts";
import { endsOf, estimateRatio, pairedLogRatios } from "../stats/ratio_estimate.ts";
import { median } from "../stats/quantiles.ts";
import { seededRandom, shuffled } from "../stats/random.ts";
import type { Finding } from "./claim.ts";
import type { Lab } from "./experiment.ts";
import { quantity } from "./quantities.ts";

/** What two sides took in each round, in milliseconds. */
export interface Pairs {
  readonly tasksMs: readonly number[];
  readonly threadsMs: readonly number[];
}

/** Measures one side once, and resolves to what it took, in milliseconds. */
export type MeasureSide = () => Promise<number>;

/** Holm's correction needs 8 rounds for families of 4 to 6 claims; some more make the interval narrower. */
export const minRounds = 12;

/**
 * Measures tasks and threads once a round, in shuffled order; a first round of each only warms up. It ends after the rounds
 * that are wanted, or when the time is up, but not before `minRounds`.
 */
export async function measurePairs(
  tasks: MeasureSide,
  threads: MeasureSide,
  { clock, seed, rounds, budgetMs, step }: Pick<Lab, "clock" | "seed" | "rounds" | "budgetMs" | "step">,
): Promise<Pairs> {
  const random = seededRandom(seed);
  const found = { tasksMs: [] as number[], threadsMs: [] as number[] };
  const startMs = clock.now();
  await tasks();
  await threads();
  await step(0);
  const wanted = Math.max(minRounds, rounds);
  for (let round = 1; round <= wanted; round++) {
    for (const side of shuffled(["tasks", "threads"] as const, random)) {
      if (side === "tasks") found.tasksMs.push(await tasks());
      else found.threadsMs.push(await threads());
    }
    await step(round / wanted);
    if (round >= minRounds && clock.now() - startMs > budgetMs) break;
  }
  return found;
}

/** How such pairs are judged. */
export interface PairedLimit {
  /** The ratio: time of threads / time of tasks (above 1: tasks are faster), or the other way round. */
  readonly ratio: "threads/tasks" | "tasks/threads";
  readonly at: number;
  readonly holds: "above" | "below";
  /** The evidence in a sentence: `{tasks}` and `{threads}` stand for the median times, `{effect}` for their ratio. */
  readonly says: string;
}

/** What a judge makes of pairs. */
export function pairedFinding({ tasksMs, threadsMs }: Pairs, { ratio: of, at, holds, says }: PairedLimit): Finding {
  const [upper, lower] = of === "threads/tasks" ? [threadsMs, tasksMs] : [tasksMs, threadsMs];
  const logRatios = pairedLogRatios(upper.map((ms) => [ms]), lower.map((ms) => [ms]));
  const { ratio, interval } = estimateRatio(logRatios);
  const ends = endsOf(interval);
  const [tasks, threads] = [tasksMs, threadsMs].map((ms) => quantity(median(ms), "ms"));
  const quantities = { tasks, threads, effect: quantity(ratio, "ratio", ends) };
  const evidence: Evidence = { tasks, threads, says, quantities, samples: { tasksMs, threadsMs } };
  return { test: { kind: "paired", logRatios, at, holds }, effect: ratio, interval: ends, evidence };
}

import { messageOf } from "../../errors.ts";
import type { ClaimReason } from "../../model/reason.ts";
import { seededRandom, shuffled } from "../../stats/random.ts";
import type { Lab } from "../experiment.ts";
import { runInChildren } from "./listing_child.ts";
import type { ListingsFound, Printed, Side } from "./found.ts";
import { listedProducers, type Producers, runListing } from "./listing_run.ts";
import { pacedClock } from "./paced_clock.ts";

/** Runs the listing on the real clock, for all `sides` at the same time, and none of them changes another one. */
export type RunReal = (sides: readonly Side[], signal: AbortSignal) => Promise<readonly Printed[]>;

/** The listing's 2 s take 80 ms on the fast clock. Its timeout of 10 s, which is never to end, is then one of 0.4 s. */
const speed = 25;

/** Rounds on the fast clock: a verdict needs the fewest, and more than the most would show nothing new. */
const fastRounds = { min: 6, max: 40 };

/** How long the fewest of them take, in milliseconds. */
const fastMs = 600;

/** Rounds that run on the real clock at the same time, what they take, and the memory of their processes. */
const wave = { rounds: 6, ms: 2_900, bytes: 300 * 2 ** 20 };

/** Runs the listing in pairs: on a fast clock, and on the real one if there is time and memory for it. */
export async function measureListings(
  lab: Lab,
  producers: Producers = listedProducers,
  runReal: RunReal = runInChildren,
): Promise<ListingsFound> {
  const { clock, signal, seed, budgetMs, step } = lab;
  const random = seededRandom(seed);
  const waves = Math.floor((budgetMs - fastMs) / wave.ms);
  const forFast = budgetMs - Math.max(0, waves) * wave.ms;
  const startMs = clock.now();
  const share = () => Math.min(1, (clock.now() - startMs) / budgetMs);
  const fast: Record<Side, Printed>[] = [];
  await step(0);
  while (fast.length < fastRounds.max && (fast.length < fastRounds.min || clock.now() - startMs < forFast)) {
    fast.push(await runFast(producers, lab, random));
    await step(share());
  }
  const real: Record<Side, Printed>[] = [];
  let noReal = whyNoReal(lab, waves);
  for (let done = 0; noReal === null && done < waves; done++) {
    try {
      real.push(...await runWave(runReal, signal, random));
    } catch (error) {
      signal.throwIfAborted();
      noReal = { kind: "not-run", message: messageOf(error) };
    }
    await step(share());
  }
  return { fast, real, noReal };
}

function whyNoReal({ effort, maxMemoryBytes }: Lab, waves: number): ClaimReason | null {
  if (effort === "quick") return { kind: "left-out", effort };
  if (maxMemoryBytes < wave.bytes) {
    return { kind: "too-little-memory", neededBytes: wave.bytes, maxBytes: maxMemoryBytes };
  }
  return waves < 1 ? { kind: "time-up" } : null;
}

/** One pair on the fast clock. Both may run on one event loop: there only the order and the content count. */
async function runFast(producers: Producers, { clock, signal }: Lab, random: () => number) {
  const runs = shuffled(["task", "thread"] as const, random).map(async (side) => {
    const paced = pacedClock(clock, speed);
    return { side, clock: paced, intervals: await producers[side](paced) };
  });
  const opened = await Promise.all(runs);
  const printed = opened.map(async ({ side, intervals, clock }) =>
    [side, await runListing(intervals, clock, signal)] as const
  );
  return Object.fromEntries(await Promise.all(printed)) as Record<Side, Printed>;
}

async function runWave(runReal: RunReal, signal: AbortSignal, random: () => number) {
  const sides = shuffled(Array.from({ length: 2 * wave.rounds }, (_, i) => i % 2 === 0 ? "task" : "thread"), random);
  const printed = await runReal(sides, signal);
  const of = (side: Side) => printed.filter((_, i) => sides[i] === side);
  const threads = of("thread");
  return of("task").map((task, round) => ({ task, thread: threads[round] }));
}

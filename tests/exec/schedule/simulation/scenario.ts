import type { Limits } from "../../../../lib/exec/schedule/scheduler.ts";
import type { RetryPolicy } from "../../../../lib/exec/wire/retry_policy.ts";
import { seededRandom } from "../../../../lib/stats/random.ts";

/** Random draws from a seed. */
export class Dice {
  readonly #random: () => number;

  constructor(seed: number) {
    this.#random = seededRandom(seed);
  }

  /** A whole number from 0 to `count - 1`. */
  below(count: number): number {
    return Math.floor(this.#random() * count);
  }

  between(low: number, high: number): number {
    return low + this.below(high - low + 1);
  }

  chance(probability: number): boolean {
    return this.#random() < probability;
  }

  of<T>(...values: readonly T[]): T {
    return values[this.below(values.length)];
  }
}

/** What the world of one seed is like. Times are milliseconds. */
export interface Scenario {
  readonly limits: Limits;
  /** The longest back-off, and which errors are retried. */
  readonly retry: RetryPolicy;
  readonly slots: number;
  readonly items: number;
  readonly largestChunk: number;
  /** Maximum bytes of an item, and of each of its records. */
  readonly maxItemBytes: number;
  /** The size of a block of memory for items. */
  readonly block: { readonly items: number; readonly bytes: number };
  /** Maximum output of a slot that has not been taken, in bytes. Beyond it, the slot starts nothing. */
  readonly credit: number;
  /** An item that runs longer is overdue; 0: no limit. */
  readonly timeoutMs: number;
  /** The probability that an item that starts behaves like this, or a slot. */
  readonly odds: {
    readonly slow: number;
    readonly endless: number;
    readonly fails: number;
    readonly kills: number;
    readonly yields: number;
    readonly blocks: number;
    readonly ignoresCancel: number;
    /** That an error says when its item may run again. */
    readonly hints: number;
    /** That a slot fails while it is being made. */
    readonly stillborn: number;
  };
  /** The maximum delays of the parts of the world, in milliseconds. */
  readonly maxMs: {
    readonly input: number;
    readonly message: number;
    readonly consumer: number;
    readonly start: number;
  };
  /** How late a slot's host answers: 0 (at once) like the host of a thread, or later like the host of a process. */
  readonly hostMs: number;
  /** A message that takes no time comes inside the call that causes it, also while the slot is being made. */
  readonly atOnce: boolean;
  /** How long a slot may take to load, in milliseconds. */
  readonly loadMs: number;
  /** How many runs the pool does, if all goes well. */
  readonly runs: number;
  /** What dies: a thread, whose table remains, or a process, of which it may be unknown what it was running. */
  readonly dies: "thread" | "process, known" | "process, unknown";
  readonly deaths: readonly number[];
  readonly tunings: readonly number[];
  /** When the run is stopped. */
  readonly stopAt: number | undefined;
  /** When a brake holds starts back, or lets them go on. */
  readonly holds: readonly number[];
}

/** `rare` is for what came later: so the worlds of earlier seeds stay what they were. */
export function drawScenario(dice: Dice, rare: Dice): Scenario {
  const timeoutMs = dice.of(0, 0, 25, 60);
  const span = dice.of(30, 150, 600);
  const moments = (max: number) => Array.from({ length: dice.below(max + 1) }, () => dice.below(span));
  return {
    limits: {
      ordered: dice.chance(0.5),
      tasks: dice.between(1, 8),
      windowItems: dice.of(8, 16, 32, 64),
      batchMs: dice.of(1, 5, 25),
      windowBytes: dice.of(100, 600, Infinity),
      retries: dice.below(3),
      retryBudget: dice.of(
        { first: 10, share: 0.2, most: 100 },
        { first: 2, share: 0.2, most: 3 },
        { first: 0, share: 0.1, most: 1 },
      ),
      restarts: dice.of(1, 3, 10),
      keepsPlaces: rare.chance(0.5),
      steal: dice.chance(0.7),
    },
    retry: {
      maxMs: dice.of(60_000, 60_000, 50),
      names: dice.of(undefined, undefined, ["Error"], ["ThreadDied", "TimeoutError"], ["ProcessDied", "Error"]),
    },
    slots: dice.between(1, 4),
    items: dice.of(0, 1, 5, 20, 20, 50, 50, 100),
    largestChunk: dice.of(1, 6, 30),
    maxItemBytes: dice.of(0, 4, 60),
    block: dice.of({ items: 2, bytes: 8 }, { items: 10, bytes: 100 }, { items: 100, bytes: 1_000 }),
    credit: dice.of(20, 200, 100_000),
    timeoutMs,
    odds: {
      slow: dice.of(0, 0.1, 0.5),
      endless: timeoutMs > 0 ? dice.of(0, 0.05, 0.2) : dice.of(0, 0, 0.02),
      fails: dice.of(0, 0.1, 0.5),
      kills: dice.of(0, 0, 0.01, 0.05),
      yields: dice.of(0, 0, 0.3),
      blocks: dice.of(0, 0.5, 1),
      ignoresCancel: dice.of(0, 0.5, 1),
      hints: dice.of(0, 0.5),
      stillborn: dice.of(0, 0, 0, 0, 0.1),
    },
    maxMs: { input: dice.of(0, 3, 30), message: dice.of(0, 2, 8), consumer: dice.of(0, 5, 50), start: dice.of(0, 60) },
    hostMs: dice.of(0, 0, 4, 15),
    atOnce: dice.chance(0.5),
    loadMs: dice.chance(0.02) ? 30 : 60_000,
    runs: dice.chance(0.2) ? 2 : 1,
    dies: dice.of("thread", "thread", "process, known", "process, unknown"),
    deaths: dice.chance(0.5) ? moments(4) : [],
    tunings: dice.chance(0.2) ? moments(3) : [],
    stopAt: dice.chance(0.15) ? dice.below(span) : undefined,
    holds: dice.chance(0.2) ? moments(4) : [],
  };
}

/** What an item that starts will do. */
export interface Fate {
  /** When it ends by itself. */
  readonly ms: number;
  readonly end: "ok" | "error" | "fatal";
  /** When it gives values. */
  readonly values: readonly number[];
  /** Whether it blocks the thread until it ends. */
  readonly blocks: boolean;
  /** Whether it ends when it is cancelled. */
  readonly endsOnCancel: boolean;
  /** When its error says it may run again, in milliseconds; negative: never. */
  readonly asksMs: number | undefined;
}

export function drawFate({ odds }: Scenario, dice: Dice): Fate {
  const ms = dice.chance(odds.endless) ? Infinity : dice.chance(odds.slow) ? dice.between(20, 200) : dice.below(4);
  const blocks = dice.chance(odds.blocks);
  const yields = !blocks && dice.chance(odds.yields);
  return {
    ms,
    blocks,
    end: dice.chance(odds.kills) ? "fatal" : dice.chance(odds.fails) ? "error" : "ok",
    values: yields ? Array.from({ length: dice.between(1, 3) }, () => dice.below(Math.min(ms, 100))) : [],
    endsOnCancel: !dice.chance(odds.ignoresCancel),
    asksMs: dice.chance(odds.hints) ? dice.of(-1, 5, 40, 400) : undefined,
  };
}

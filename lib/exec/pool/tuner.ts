import type { SlotReading, Width } from "./slot_reading.ts";

/** What a tuner has found out about the items. */
export interface Finding {
  /** Time from start to end of an item, in milliseconds. */
  readonly itemMs: number;
  /** CPU time of an item, in milliseconds; undefined if Deno cannot tell. */
  readonly cpuMs?: number;
}

/** Chooses the width of a run during the run. */
export interface Tuner {
  readonly width: Width;
  /** What has been found so far. */
  readonly finding: Finding | undefined;
  /** Whether nothing is left to try for now. */
  readonly settled: boolean;
  /** Takes a reading, at time `now` in milliseconds. Returns the new width if it changes. */
  observe(reading: SlotReading, now: number): Width | undefined;
}

/** What a tuner may choose from. */
export interface Bounds {
  readonly threads: readonly [min: number, max: number];
  readonly tasks: readonly [min: number, max: number];
}

/** Readings are summed over at least this time, in milliseconds, and over at least two items for each task. */
const windowMs = 30;

/**
 * A step is kept if it changes the speed by at least this factor. Wider must pay off by more than noise; fewer tasks must not
 * cost speed.
 */
const worthwhile = { tasks: 1.1, threads: 1.1, fewer: 0.95 };

/** If the speed has changed by this factor since the tuner settled, it tries again. */
const changed = 1.5;

/** The sum of several readings. */
interface Sum {
  since: number;
  items: number;
  ms: number;
  pendingMs: number;
  /** CPU time, and the time with work of the readings that have it: a thread's first reading does not. */
  cpuMs: number;
  cpuKnownMs: number;
}

/** What is being tried, and the speed it must beat, in items per millisecond. */
interface Trial {
  readonly kind: keyof typeof worthwhile;
  readonly before: Width;
  readonly speed: number;
}

/**
 * Starts narrow and widens as long as that pays off: more tasks while items wait, more threads once they compute. It takes one
 * step at a time and compares each with the one before. A step that does not pay off is undone; added threads stay, but no
 * more are added. Tasks that only queue for the CPU are removed again.
 */
export class ClimbingTuner implements Tuner {
  readonly #bounds: Bounds;
  #width: Width;
  #sum: Sum | undefined;
  #trial: Trial | undefined;
  readonly #exhausted = { tasks: false, threads: false, fewer: false };
  #settledSpeed: number | undefined;
  #finding: Finding | undefined;

  constructor(bounds: Bounds) {
    this.#bounds = bounds;
    this.#width = { threads: bounds.threads[0], tasks: bounds.tasks[0] };
  }

  get width(): Width {
    return this.#width;
  }

  get finding(): Finding | undefined {
    return this.#finding;
  }

  get settled(): boolean {
    return this.#settledSpeed !== undefined;
  }

  observe({ items, ms, pendingMs, cpuMs, threads }: SlotReading, now: number): Width | undefined {
    if (threads < this.#width.threads || this.#sum === undefined) { // new threads are still starting, or nothing is known
      this.#sum = emptySum(now);
      return undefined;
    }
    const sum = this.#sum;
    sum.items += items;
    sum.ms += ms;
    sum.pendingMs += pendingMs;
    if (cpuMs !== undefined) {
      sum.cpuMs += cpuMs;
      sum.cpuKnownMs += ms;
    }
    if (now - sum.since < windowMs || sum.items < 2 * this.#width.threads * this.#width.tasks) return undefined;
    this.#sum = emptySum(now);
    return this.#decide(sum, now - sum.since);
  }

  #decide(sum: Sum, elapsedMs: number): Width | undefined {
    const speed = sum.items / elapsedMs;
    this.#find(sum);
    const trial = this.#trial;
    this.#trial = undefined;
    if (trial !== undefined && speed < trial.speed * worthwhile[trial.kind]) {
      this.#exhausted[trial.kind] = true;
      if (trial.kind !== "threads") return this.#change(trial.before);
    }
    if (sum.ms < 0.7 * elapsedMs * this.#width.threads) return this.#settle(speed); // the input is too slow
    if (this.#settledSpeed !== undefined) {
      if (speed < this.#settledSpeed * changed && speed > this.#settledSpeed / changed) return undefined;
      this.#settledSpeed = undefined;
      this.#exhausted.tasks = this.#exhausted.fewer = false;
    }
    return this.#widen(speed, sum);
  }

  /** Tries the next step. A job without promises never waits. If Deno cannot tell the CPU time, only trying helps. */
  #widen(speed: number, sum: Sum): Width | undefined {
    const { threads, tasks } = this.#width;
    const [maxThreads, maxTasks] = [this.#bounds.threads[1], this.#bounds.tasks[1]];
    const computing = sum.pendingMs === 0 ? 1 : computingShare(sum);
    const moreTasks = tasks < maxTasks && !this.#exhausted.tasks && (computing ?? 0) < 0.9;
    const moreThreads = threads < maxThreads && !this.#exhausted.threads &&
      (computing === undefined ? this.#exhausted.tasks : computing >= 0.3);
    if (moreTasks && (computing === undefined || computing < 0.5 || !moreThreads)) {
      const factor = computing === undefined ? 4 : Math.min(8, Math.max(2, Math.round(1 / computing)));
      this.#trial = { kind: "tasks", before: this.#width, speed };
      return this.#change({ threads, tasks: Math.min(maxTasks, tasks * factor) });
    }
    if (moreThreads) {
      this.#trial = { kind: "threads", before: this.#width, speed };
      return this.#change({ threads: Math.min(maxThreads, threads * 2), tasks });
    }
    if (tasks > this.#bounds.tasks[0] && !this.#exhausted.fewer && computing !== undefined && computing >= 0.9) {
      this.#exhausted.tasks = true;
      this.#trial = { kind: "fewer", before: this.#width, speed };
      return this.#change({ threads, tasks: Math.max(this.#bounds.tasks[0], Math.ceil(tasks / 2)) });
    }
    return this.#settle(speed);
  }

  #settle(speed: number): undefined {
    this.#settledSpeed ??= speed;
  }

  #change(width: Width): Width {
    this.#width = width;
    this.#sum = undefined; // the next readings include work from before the change
    return width;
  }

  #find(sum: Sum): void {
    const share = computingShare(sum);
    const cpuMs = share === undefined ? undefined : share * sum.ms / sum.items;
    this.#finding = { itemMs: (sum.pendingMs || sum.ms) / sum.items, cpuMs };
  }
}

/** The share of their time with work that the threads computed; undefined if Deno cannot tell. */
function computingShare({ cpuMs, cpuKnownMs }: Sum): number | undefined {
  return cpuKnownMs === 0 ? undefined : cpuMs / cpuKnownMs;
}

function emptySum(since: number): Sum {
  return { since, items: 0, ms: 0, pendingMs: 0, cpuMs: 0, cpuKnownMs: 0 };
}

import type { SlotReading, Width } from "./slot_reading.ts";

/** What a tuner has found out about an item. */
export interface Finding {
  /** Time from start to end of one item, in milliseconds. */
  readonly itemMs: number;
  /** How long it computed in that time; undefined if Deno cannot tell. */
  readonly cpuMs?: number;
}

/** Chooses the width of a run while it goes on. */
export interface Tuner {
  readonly width: Width;
  /** What was found when nothing was left to try, or so far. */
  readonly finding: Finding | undefined;
  /** Nothing is left to try for now. */
  readonly settled: boolean;
  /** Takes a report, at a time in milliseconds; the new width, if it is to change. */
  observe(report: SlotReading, now: number): Width | undefined;
}

/** What a tuner may choose from. */
export interface Bounds {
  readonly threads: readonly [min: number, max: number];
  readonly tasks: readonly [min: number, max: number];
}

/** Reports are summed up over this time at least, in milliseconds, and over two items for each task. */
const windowMs = 30;

/** A step is kept if it changes the speed by this factor at least: wider must pay, more than noise would; fewer tasks must not cost. */
const worthwhile = { tasks: 1.1, threads: 1.1, fewer: 0.95 };

/** A run whose speed has changed by this factor since the tuner settled is looked at again. */
const changed = 1.5;

/** Some reports, summed up. */
interface Sum {
  since: number;
  items: number;
  ms: number;
  pendingMs: number;
  /** CPU time, and the time with work of the reports that told it: a thread's first one does not. */
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
 * Starts narrow and climbs while that pays: more tasks while items wait, more threads once they compute. One step at a
 * time, each measured against the one before; a step that does not pay is taken back (threads stay, but get no more).
 * Tasks that only queue for the processor are given up again.
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
    if (sum.ms < 0.7 * elapsedMs * this.#width.threads) return this.#settle(speed); // the input is slower than the slots
    if (this.#settledSpeed !== undefined) {
      if (speed < this.#settledSpeed * changed && speed > this.#settledSpeed / changed) return undefined;
      this.#settledSpeed = undefined;
      this.#exhausted.tasks = this.#exhausted.fewer = false;
    }
    return this.#widen(speed, sum);
  }

  /** A job without promises never waits. Where Deno cannot tell how long one computes, only trying tells. */
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
    this.#sum = undefined; // what is reported next was partly done before
    return width;
  }

  #find(sum: Sum): void {
    const share = computingShare(sum);
    const cpuMs = share === undefined ? undefined : share * sum.ms / sum.items;
    this.#finding = { itemMs: (sum.pendingMs || sum.ms) / sum.items, cpuMs };
  }
}

/** The part of their time with work that the threads computed; undefined if Deno cannot tell. */
function computingShare({ cpuMs, cpuKnownMs }: Sum): number | undefined {
  return cpuKnownMs === 0 ? undefined : cpuMs / cpuKnownMs;
}

function emptySum(since: number): Sum {
  return { since, items: 0, ms: 0, pendingMs: 0, cpuMs: 0, cpuKnownMs: 0 };
}

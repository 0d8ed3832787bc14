/**
 * A machine with cores, threads and a clock that is only counted: enough of a run to see how wide a tuner makes it. Threads
 * share the cores evenly; a thread does one piece of work after the other.
 */

/** Something that a thread computes, and what happens then. */
interface Piece {
  leftMs: number;
  readonly then: () => void;
}

export class SimulatedThread {
  readonly pieces: Piece[] = [];
  cpuMs = 0;
}

export class Machine {
  now = 0;
  readonly #cores: number;
  readonly #threads: SimulatedThread[] = [];
  /** A heap of timers, by time and then by order. */
  readonly #timers: { readonly at: number; readonly order: number; readonly then: () => void }[] = [];
  #orders = 0;

  constructor(cores: number) {
    this.#cores = cores;
  }

  thread(): SimulatedThread {
    const thread = new SimulatedThread();
    this.#threads.push(thread);
    return thread;
  }

  /** Lets a thread compute for `ms`, after what it has to do already. */
  compute(thread: SimulatedThread, ms: number, then: () => void): void {
    thread.pieces.push({ leftMs: ms, then });
  }

  after(ms: number, then: () => void): void {
    const timers = this.#timers;
    const timer = { at: this.now + ms, order: this.#orders++, then };
    let at = timers.length;
    timers.push(timer);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!isBefore(timer, timers[parent])) break;
      timers[at] = timers[parent];
      at = parent;
    }
    timers[at] = timer;
  }

  /** Lets time pass until `isDone`, or until nothing is left that could happen. */
  run(isDone: () => boolean): void {
    while (!isDone()) {
      const busy = this.#threads.filter(({ pieces }) => pieces.length > 0);
      const rate = Math.min(1, this.#cores / busy.length);
      let untilPiece = Infinity;
      for (const { pieces: [{ leftMs }] } of busy) untilPiece = Math.min(untilPiece, leftMs / rate);
      const untilTimer = this.#timers.length === 0 ? Infinity : this.#timers[0].at - this.now;
      const ms = Math.min(untilPiece, untilTimer);
      if (ms === Infinity) return;
      this.now += ms;
      for (const thread of busy) {
        thread.pieces[0].leftMs -= ms * rate;
        thread.cpuMs += ms * rate;
      }
      if (untilTimer <= untilPiece) this.#takeTimer().then();
      else for (const { pieces } of busy) if (pieces[0].leftMs <= 1e-9) pieces.shift()?.then();
    }
  }

  #takeTimer(): { readonly then: () => void } {
    const timers = this.#timers;
    const [first] = timers;
    const last = timers.pop();
    if (last === undefined || timers.length === 0) return first;
    let at = 0;
    while (true) {
      let child = 2 * at + 1;
      if (child >= timers.length) break;
      if (child + 1 < timers.length && isBefore(timers[child + 1], timers[child])) child++;
      if (!isBefore(timers[child], last)) break;
      timers[at] = timers[child];
      at = child;
    }
    timers[at] = last;
    return first;
  }
}

function isBefore(a: { readonly at: number; readonly order: number }, b: typeof a): boolean {
  return a.at < b.at || a.at === b.at && a.order < b.order;
}

import { graceOf } from "../wire/grace.ts";
import type { Clock, Wait } from "../../clock.ts";
import type { Event, SlotId } from "../schedule/scheduler.ts";

/** An item that runs, in which slot, and since when in milliseconds of the pool's clock. */
export interface RunningItem {
  readonly slot: SlotId;
  readonly item: number;
  readonly since: number;
}

/** A slot that is not blocked gives the item up after the grace, and its word may take this long, in milliseconds. */
const answerMs = 30;

/** Shortest time between two looks, in milliseconds: asking a slot costs it a little. */
const leastPauseMs = 2;

/** Finds items that have run longer than `limitMs` when they have; tells `overdue`, and `expired` after the grace. */
export class TimeLimit {
  readonly #limitMs: number;
  readonly #graceMs: number;
  readonly #clock: Clock;
  readonly #now: () => number;
  readonly #running: () => Promise<readonly RunningItem[]>;
  readonly #dispatch: (event: Event) => void;
  /** When each item that is overdue was found so: by its start, because an item can run again. */
  readonly #overdue = new Map<number, { readonly since: number; readonly foundAt: number }>();
  #wait: Wait | undefined;

  constructor(
    limitMs: number,
    clock: Clock,
    now: () => number,
    running: () => Promise<readonly RunningItem[]>,
    dispatch: (event: Event) => void,
  ) {
    this.#limitMs = limitMs;
    this.#graceMs = graceOf(limitMs) + answerMs;
    this.#clock = clock;
    this.#now = now;
    this.#running = running;
    this.#dispatch = dispatch;
  }

  start(): void {
    this.#lookIn(this.#limitMs);
  }

  stop(): void {
    this.#wait?.cancel();
    this.#wait = undefined;
  }

  #lookIn(ms: number): void {
    this.#wait = this.#clock.wait(Math.max(leastPauseMs, ms));
    this.#wait.done.then(async () => {
      const pause = await this.#look();
      if (this.#wait !== undefined) this.#lookIn(pause);
    });
  }

  /** Returns how long nothing new can be found: what starts from now on has its whole time before it. */
  async #look(): Promise<number> {
    const running = await this.#running();
    if (this.#wait === undefined) return 0; // the run has ended meanwhile
    const now = this.#now();
    let pause = this.#limitMs;
    for (const item of this.#overdue.keys()) if (!running.some((one) => one.item === item)) this.#overdue.delete(item);
    for (const { slot, item, since } of running) {
      const overdue = this.#overdue.get(item);
      if (now - since < this.#limitMs) pause = Math.min(pause, since + this.#limitMs - now);
      else if (overdue?.since !== since) {
        this.#overdue.set(item, { since, foundAt: now });
        pause = Math.min(pause, this.#graceMs);
        this.#dispatch({ kind: "overdue", slot, item });
      } else if (now - overdue.foundAt < this.#graceMs) pause = Math.min(pause, overdue.foundAt + this.#graceMs - now);
      else {
        this.#overdue.delete(item);
        this.#dispatch({ kind: "expired", slot, item });
      }
    }
    return pause;
  }
}

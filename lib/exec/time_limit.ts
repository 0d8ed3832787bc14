import type { Clock, Wait } from "../clock.ts";
import type { Event, SlotId } from "./scheduler.ts";

/** An item that runs, in which slot, and since when in milliseconds of the pool's clock. */
export interface RunningItem {
  readonly slot: SlotId;
  readonly item: number;
  readonly since: number;
}

/** How long a cancelled item may take to end, in milliseconds. */
const graceMs = 100;

/** Looks again and again for items that have run longer than `limitMs`; tells `overdue`, and `expired` after the grace. */
export class TimeLimit {
  readonly #limitMs: number;
  readonly #clock: Clock;
  readonly #now: () => number;
  readonly #running: () => Promise<readonly RunningItem[]>;
  readonly #tell: (event: Event) => void;
  /** When each item that is overdue was found so: by its start, because an item can run again. */
  readonly #overdue = new Map<number, { readonly since: number; readonly foundAt: number }>();
  #wait: Wait | undefined;

  constructor(
    limitMs: number,
    clock: Clock,
    now: () => number,
    running: () => Promise<readonly RunningItem[]>,
    tell: (event: Event) => void,
  ) {
    this.#limitMs = limitMs;
    this.#clock = clock;
    this.#now = now;
    this.#running = running;
    this.#tell = tell;
  }

  start(): void {
    this.#wait = this.#clock.wait(Math.max(1, Math.min(50, this.#limitMs / 4)));
    this.#wait.done.then(async () => {
      await this.#look();
      if (this.#wait !== undefined) this.start();
    });
  }

  stop(): void {
    this.#wait?.cancel();
    this.#wait = undefined;
  }

  async #look(): Promise<void> {
    const running = await this.#running();
    if (this.#wait === undefined) return; // the run has ended meanwhile
    const now = this.#now();
    for (const item of this.#overdue.keys()) if (!running.some((one) => one.item === item)) this.#overdue.delete(item);
    for (const { slot, item, since } of running) {
      if (now - since < this.#limitMs) continue;
      const overdue = this.#overdue.get(item);
      if (overdue?.since !== since) {
        this.#overdue.set(item, { since, foundAt: now });
        this.#tell({ kind: "overdue", slot, item });
      } else if (now - overdue.foundAt >= graceMs) {
        this.#overdue.delete(item);
        this.#tell({ kind: "expired", slot, item });
      }
    }
  }
}

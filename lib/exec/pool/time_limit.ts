import { graceOf } from "../wire/grace.ts";
import type { RunningSince } from "../wire/protocol.ts";
import type { Clock, Wait } from "../../clock.ts";
import type { PoolSlot } from "./pool_slot.ts";
import type { RunContext, RunOptions } from "./run_options.ts";
import { Stops } from "./waits.ts";

/** A running item, and its slot. */
export interface RunningItem extends RunningSince {
  readonly slot: PoolSlot;
}

/** A slot that is not blocked abandons the item after the grace time. Its message may take this long, in milliseconds. */
const answerMs = 30;

/** Minimum time between two checks, in milliseconds: each check costs a slot some time. */
const minPauseMs = 2;

/** An item is overdue, or its grace time is over too; then its thread is stuck, and one of `holders` holds it. */
export type Found =
  | { readonly kind: "overdue"; readonly item: number }
  | { readonly kind: "expired"; readonly item: number; readonly holders: readonly number[] };

/** What a time limit needs from its run. */
export interface TimeLimitOptions {
  readonly limitMs: number;
  readonly clock: Clock;
  readonly running: () => Promise<readonly RunningItem[]>;
  /** Called with what has been found of items in this slot, which may have lost its place in the meantime, and all that run there. */
  readonly report: (found: Found, slot: PoolSlot, beside: readonly RunningItem[]) => void;
}

/**
 * Reports `overdue` when an item has run longer than `limitMs`, and `expired` when its grace time is over too: an item that only
 * waits has been abandoned by then, unless its thread is stuck. What holds the thread is an item whose code is being called, if
 * there is one, and that item has all of its time before the others expire. Otherwise it may be any that runs there. Time in which
 * the program was stopped does not count.
 */
export class TimeLimit {
  readonly #options: TimeLimitOptions;
  readonly #graceMs: number;
  readonly #stops: Stops;
  /** When each overdue item was found; with its start, because an item can run again. */
  readonly #overdue = new Map<number, { readonly since: number; readonly foundAt: number }>();
  #wait: Wait | undefined;

  constructor(options: TimeLimitOptions) {
    this.#options = options;
    this.#stops = new Stops(options.clock);
    this.#graceMs = graceOf(options.limitMs) + answerMs;
  }

  start(): void {
    this.#lookIn(this.#options.limitMs);
  }

  stop(): void {
    this.#wait?.cancel();
    this.#wait = undefined;
  }

  #lookIn(ms: number): void {
    const { wait, leftMs } = this.#stops.wait(Math.max(minPauseMs, ms));
    this.#wait = wait;
    this.#wait.done.then(async () => {
      this.#stops.waited(Math.max(minPauseMs, ms));
      const pause = leftMs > 0 ? leftMs : await this.#look();
      if (this.#wait !== undefined) this.#lookIn(pause);
    });
  }

  /** Checks all running items. Returns how long nothing new can be found: an item that starts now has all of its time. */
  async #look(): Promise<number> {
    const { limitMs, report } = this.#options;
    const running = await this.#options.running();
    if (this.#wait === undefined) return 0; // the run has ended in the meantime
    this.#stops.forget(running.map(({ since }) => since));
    const now = this.#stops.now();
    let pause = limitMs;
    for (const item of this.#overdue.keys()) if (!running.some((one) => one.item === item)) this.#overdue.delete(item);
    for (const { slot, item, since } of running) {
      const overdue = this.#overdue.get(item);
      const ranMs = this.#stops.ranMs(since);
      if (ranMs < limitMs) pause = Math.min(pause, limitMs - ranMs);
      else if (overdue?.since !== since) {
        this.#overdue.set(item, { since, foundAt: now });
        pause = Math.min(pause, this.#graceMs);
        report({ kind: "overdue", item }, slot, []);
      } else if (now - overdue.foundAt < this.#graceMs) pause = Math.min(pause, overdue.foundAt + this.#graceMs - now);
      else {
        const beside = running.filter((one) => one.slot === slot);
        const holder = beside.find(({ waits }) => !waits);
        if (holder !== undefined && holder.item !== item) pause = Math.min(pause, this.#graceMs);
        else {
          this.#overdue.delete(item);
          const holders = holder === undefined ? beside.map((one) => one.item) : [item];
          report({ kind: "expired", item, holders }, slot, beside);
        }
      }
    }
    return pause;
  }
}

/**
 * The time limit of a run, if it has one: it tells the run what it finds of slots that still have their place. `final`: an item that
 * holds its thread for too long does not run again.
 */
export function watchTime(
  { clock, slots, push }: Pick<RunContext, "clock" | "slots" | "push">,
  { timeoutMs: limitMs = 0, watcher }: Pick<RunOptions, "timeoutMs" | "watcher">,
  final: boolean,
  running: TimeLimitOptions["running"],
): TimeLimit | undefined {
  if (limitMs === 0) return undefined;
  return new TimeLimit({
    limitMs,
    clock,
    running,
    report(found, slot, beside) {
      if (!slots.has(slot)) return;
      watcher?.running(beside);
      push({ ...found, slot: slot.id, ...found.kind === "expired" ? { final } : {} });
    },
  });
}

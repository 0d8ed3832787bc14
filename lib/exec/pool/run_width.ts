import type { Wait } from "../../clock.ts";
import { controlWord, type FromSlot } from "../wire/protocol.ts";
import type { Event, SlotId, State, Stretch } from "../schedule/scheduler.ts";
import type { RunContext, RunOptions } from "./run_options.ts";
import { readingOf, type Width } from "../tuning/slot_reading.ts";
import type { Tuner } from "../tuning/tuner.ts";

/** How often a tuner is asked while slots may be silent, in milliseconds. */
const tickMs = 25;

/**
 * Reads what slots report about their work, and changes the width of the run when its tuner asks for it. While a brake holds the run,
 * it is not as wide as its tuner has chosen, who is told nothing.
 */
export class RunWidth {
  readonly #pool: RunContext;
  readonly #options: RunOptions;
  readonly #state: State;
  /** Items that a slot runs at once, if nothing holds it. */
  #tasks: number;
  /** What the brake allows of them. */
  #most = Infinity;
  #wait: Wait | undefined;

  constructor(pool: RunContext, options: RunOptions, state: State) {
    this.#pool = pool;
    this.#options = options;
    this.#state = state;
    this.#tasks = state.tasks;
  }

  /** Before the first item. `runs` resolves to whether any item does. */
  start(runs: () => Promise<boolean>): void {
    this.#publish();
    this.#options.brake?.start({ runs, hold: (most) => this.#hold(most) });
  }

  /** Items were sent. As long as slots hold some, a tuner that listens is asked from time to time: a slot that computes says nothing. */
  sent(): void {
    if (!this.#options.tuner?.listens || this.#wait !== undefined) return;
    const { clock, push } = this.#pool;
    this.#wait = clock.wait(tickMs);
    void this.#wait.done.then(() => {
      this.#wait = undefined;
      if (![...this.#state.slots.values()].some(({ held }) => held.size > 0)) return;
      const width = this.#tuner?.tick(clock.now());
      this.#publish();
      const tuned = this.#tell(width);
      if (tuned !== undefined) push(tuned);
      this.sent();
    });
  }

  /** How many items a slot may run at once now, as far as the brake decides. */
  get most(): number {
    return this.#most;
  }

  /** How many items a slot may run at once now. */
  tasks(): number {
    return Math.min(this.#tasks, this.#most);
  }

  stop(): void {
    this.#wait?.cancel();
    this.#options.brake?.stop();
    Atomics.store(this.#pool.control, controlWord.tasks, this.#tasks); // the next run begins with it
  }

  /**
   * Observes a slot's results, received at `receivedAt`. Returns an event for the scheduler if the width changes. `wantsPlace`: in a
   * run that holds items back, whether one could start if there were a place. A slot cannot tell: it is sent no more than it starts.
   */
  observe(
    slot: SlotId,
    message: FromSlot & { kind: "results" },
    ended: readonly Stretch[],
    receivedAt: number | undefined,
    wantsPlace?: boolean,
  ): Event | undefined {
    const { tuner, onReading } = this.#options;
    if (tuner === undefined && onReading === undefined) return undefined;
    const items = ended.reduce((sum, { first, end }) => sum + end - first, 0);
    const read = readingOf(message, { items, slot, threads: this.#state.slots.size, receivedAt });
    const reading = wantsPlace === undefined ? read : { ...read, full: wantsPlace };
    onReading?.(reading);
    const width = this.#tuner?.observe(reading, this.#pool.clock.now());
    this.#publish();
    return this.#tell(width);
  }

  /** Slots read these words when they need them. */
  #publish(): void {
    const { control } = this.#pool;
    const { yields = false, reportMs = 0 } = this.#options.tuner ?? {};
    Atomics.store(control, controlWord.yields, yields ? 1 : 0);
    Atomics.store(control, controlWord.reportMs, reportMs);
  }

  /** The tuner, if the run is as wide as it says. */
  get #tuner(): Tuner | undefined {
    return this.#most === Infinity ? this.#options.tuner : undefined;
  }

  #hold(most: number): void {
    this.#most = most;
    this.#tuner?.interrupt(this.#pool.clock.now());
    this.#post();
    this.#pool.push({ kind: "due" }); // what its pace holds back, too, may start by now
  }

  #tell(width: Width | undefined): Event | undefined {
    if (width === undefined) return undefined;
    this.#tasks = width.tasks;
    this.#post();
    const { slots } = this.#pool;
    const add = Array.from({ length: width.threads }, (_, id) => id).filter((id) => slots.get(id) === undefined);
    return { kind: "tuned", ...width, add };
  }

  #post(): void {
    const { slots, control } = this.#pool;
    Atomics.store(control, controlWord.tasks, this.tasks());
    this.#publish();
    for (const slot of slots) if (slot.up) slot.post({ kind: "width" });
  }
}

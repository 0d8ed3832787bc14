import type { Wait } from "../../clock.ts";
import { controlWord, type FromSlot } from "../wire/protocol.ts";
import type { Event, SlotId, State, Stretch } from "../schedule/scheduler.ts";
import type { RunContext, RunOptions } from "./run_options.ts";
import { readingOf, type Width } from "../tuning/slot_reading.ts";

/** How often a tuner is asked while slots may be silent, in milliseconds. */
const tickMs = 25;

/** Reads what slots report about their work, and changes the width of the run when its tuner asks for it. */
export class RunWidth {
  readonly #pool: RunContext;
  readonly #options: RunOptions;
  readonly #state: State;
  #wait: Wait | undefined;

  constructor(pool: RunContext, options: RunOptions, state: State) {
    this.#pool = pool;
    this.#options = options;
    this.#state = state;
  }

  start(): void {
    this.#publish();
  }

  /** Items were sent. As long as slots hold some, a tuner that listens is asked from time to time: a slot that computes says nothing. */
  sent(): void {
    if (!this.#options.tuner?.listens || this.#wait !== undefined) return;
    const { clock, push } = this.#pool;
    this.#wait = clock.wait(tickMs);
    void this.#wait.done.then(() => {
      this.#wait = undefined;
      if (![...this.#state.slots.values()].some(({ held }) => held.size > 0)) return;
      const tuned = this.#tell(this.#options.tuner?.tick(clock.now()));
      if (tuned !== undefined) push(tuned);
      this.sent();
    });
  }

  stop(): void {
    this.#wait?.cancel();
  }

  /** Observes a slot's results, received at `receivedAt`. Returns an event for the scheduler if the width changes. */
  observe(
    slot: SlotId,
    message: FromSlot & { kind: "results" },
    ended: readonly Stretch[],
    receivedAt: number | undefined,
  ): Event | undefined {
    const { tuner, onReading } = this.#options;
    if (tuner === undefined && onReading === undefined) return undefined;
    const items = ended.reduce((sum, { first, end }) => sum + end - first, 0);
    const reading = readingOf(message, { items, slot, threads: this.#state.slots.size, receivedAt });
    onReading?.(reading);
    const width = tuner?.observe(reading, this.#pool.clock.now());
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

  #tell(width: Width | undefined): Event | undefined {
    if (width === undefined) return undefined;
    const { slots, control } = this.#pool;
    Atomics.store(control, controlWord.tasks, width.tasks);
    this.#publish();
    for (const slot of slots) if (slot.up) slot.post({ kind: "width" });
    const add = Array.from({ length: width.threads }, (_, id) => id).filter((id) => slots.get(id) === undefined);
    return { kind: "tuned", ...width, add };
  }
}

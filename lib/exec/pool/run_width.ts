import { controlWord, type FromSlot } from "../wire/protocol.ts";
import type { Event, SlotId, State, Stretch } from "../schedule/scheduler.ts";
import type { RunContext, RunOptions } from "./run_options.ts";
import { readingOf } from "./slot_reading.ts";

/** Reads what slots report about their work, and changes the width of the run when its tuner asks for it. */
export class RunWidth {
  readonly #pool: RunContext;
  readonly #options: RunOptions;
  readonly #state: State;

  constructor(pool: RunContext, options: RunOptions, state: State) {
    this.#pool = pool;
    this.#options = options;
    this.#state = state;
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
    const { slots, control, clock } = this.#pool;
    const width = tuner?.observe(reading, clock.now());
    if (width === undefined) return undefined;
    Atomics.store(control, controlWord.tasks, width.tasks);
    const add = Array.from({ length: width.threads }, (_, id) => id).filter((id) => slots.get(id) === undefined);
    return { kind: "tuned", tasks: width.tasks, add };
  }
}

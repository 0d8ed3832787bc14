import type { ItemError } from "../../model/item.ts";
import { type Clock, systemClock, type Wait } from "../../clock.ts";
import type { Part } from "../wire/part.ts";
import { type Delivery } from "./delivery.ts";
import { OutcomeStore, sumTaken } from "./outcome_store.ts";
import { giveBack, type PoolSlot } from "./pool_slot.ts";
import { controlWord as words, type FromSlot } from "../wire/protocol.ts";
import type { Range } from "../schedule/range_set.ts";
import { LastDeath } from "./last_death.ts";
import { type Input, InputReader } from "../input/input_reader.ts";
import { errorRecord, withAttempts } from "../wire/error_record.ts";
import { readingOf } from "./slot_reading.ts";
import { type ItemSource } from "../input/item_source.ts";
import { limitsOf, type RunContext, type RunOptions } from "./run_options.ts";
import {
  type Command,
  type Event,
  initialState,
  isDone,
  type SlotId,
  type State,
  step,
  wantsInput,
} from "../schedule/scheduler.ts";
import { type RunningItem, TimeLimit } from "./time_limit.ts";
import type { SlotReading } from "./slot_reading.ts";
import type { Tuner } from "./tuner.ts";

/** After Ctrl-C, what runs may still end for this long, in milliseconds. */
const stopGraceMs = 1_000;

/** How long an item waits for its second attempt, in milliseconds; twice as long for each further one. */
const backOffMs = 100;

const encoder = new TextEncoder();

/** One run of a pool: drives the scheduler with what really happens, and does what it decides. */
export class PoolRun {
  readonly #pool: RunContext;
  readonly #options: RunOptions;
  readonly #state: State;
  readonly #outcomes = new OutcomeStore();
  readonly #clock: Clock;
  #changed = Promise.withResolvers<void>();
  readonly #input: InputReader;
  #failure: Error | undefined;
  #inputError: Error | undefined; // thrown when all that came before has been given
  readonly #lastDeath = new LastDeath();
  #starving = false; // the consumer waits
  #bytesFreed: number; // as the scheduler knows it
  #over = false;
  readonly #waits = new Set<Wait>();
  /** Slots that have had a thread. */
  readonly #started = new Set<SlotId>();
  readonly #timeLimit: TimeLimit | undefined;

  /** `batch`: what an earlier run of the pool has learned, see `batch` below. */
  constructor(pool: RunContext, source: ItemSource, options: RunOptions, batch?: number) {
    this.#pool = pool;
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#state = initialState(limitsOf(options, pool.control[words.tasks]), batch);
    this.#bytesFreed = pool.blocks.bytesFreed;
    this.#input = new InputReader(
      source,
      pool.blocks,
      (input) => this.#arrived(input),
    );
    this.#timeLimit = options.timeoutMs
      ? new TimeLimit(options.timeoutMs, this.#clock, pool.now, () => this.#running(), (event) => this.#dispatch(event))
      : undefined;
    Atomics.store(pool.control, words.nextOut, -1);
    Atomics.store(pool.control, words.limitMs, Math.ceil(options.timeoutMs ?? 0));
    if (pool.signal?.aborted) this.stop();
    for (const [id, slot] of pool.slots) {
      this.#started.add(id);
      if (slot.up) this.ready(id);
    }
    this.#input.read(wantsInput(this.#state));
    this.#timeLimit?.start();
  }

  /** Outcomes as they may leave. Asking for more says that those before are taken. */
  async *deliveries(): AsyncGenerator<readonly Delivery[]> {
    while (true) {
      if (this.#outcomes.hasReady) {
        const ready = this.#outcomes.takeReady();
        yield ready;
        this.#taken(ready);
        continue;
      }
      if (this.#failure) throw this.#failure;
      if (isDone(this.#state) || this.#over) {
        if (this.#inputError) throw this.#inputError;
        return;
      }
      const change = this.#changed.promise;
      this.#starving = true;
      this.#publishNextOut();
      await change;
      this.#starving = false;
      this.#publishNextOut();
    }
  }

  /** How many items make about a batch of work for a slot. */
  get batch(): number {
    return this.#state.batch;
  }

  /** Nothing more will be asked for. Returns whether the slots are at rest. */
  end(): boolean {
    this.#over = true;
    for (const wait of this.#waits) wait.cancel();
    this.#timeLimit?.stop();
    if (!this.#state.inputEnded) this.#input.close();
    const atRest = !this.#state.stopped && isDone(this.#state);
    if (atRest) this.#pool.blocks.clear();
    return atRest;
  }

  ready(id: SlotId): void {
    this.#dispatch({ kind: "ready", slot: id });
  }

  fail(error: Error): void {
    this.#failure ??= error;
    this.#wake();
  }

  results(id: SlotId, slot: PoolSlot, message: FromSlot & { kind: "results" }): void {
    const receivedAt = message.phases && this.#pool.now();
    const attempts = (item: number) => this.#state.attempts.get(item) ?? 1;
    const { ended, yielded } = this.#outcomes.add(slot, message, attempts);
    for (const item of yielded) {
      this.#dispatch({ kind: "yielded", item });
      if (!this.#options.ordered || item === this.#state.nextOut) this.#outcomes.releaseValues(item);
    }
    this.#dispatch({ kind: "ended", slot: id, stretches: ended, ms: message.ms });
    for (const run of ended) if (!this.#state.backingOff.has(run.first)) this.#freeBlocks(run);
    const { tuner, onReading } = this.#options;
    if (tuner === undefined && onReading === undefined) return;
    const items = ended.reduce((sum, { first, end }) => sum + end - first, 0);
    const reading = readingOf(message, { items, slot: id, threads: this.#state.slots.size, receivedAt });
    onReading?.(reading);
    if (tuner !== undefined) this.#tune(tuner, reading);
  }

  /** Resolves to the line of the item that has run longest, and since when; undefined if none runs. */
  async oldest(): Promise<{ readonly line: number; readonly since: number } | undefined> {
    const running = (await this.#running()).filter(({ slot, item }) => this.#state.slots.get(slot)?.held.has(item));
    const oldest = running.reduce((a, b) => b.since < a.since ? b : a, running[0]);
    return oldest && { line: this.#pool.blocks.lineOf(oldest.item), since: oldest.since };
  }

  reclaimed(id: SlotId, ranges: readonly Range[]): void {
    this.#dispatch({ kind: "reclaimed", slot: id, ranges });
  }

  paused(id: SlotId, slot: PoolSlot): void {
    slot.pause(this.#awaitsNextOut && (this.#state.slots.get(id)?.held.has(this.#state.nextOut) ?? false));
  }

  /** An error came of an item that has ended, or of nobody knows which when none ran. */
  uncaught(message: string, line: number | undefined): void {
    this.#options.onEvent?.({ kind: "uncaught", message, line });
  }

  died(id: SlotId, slot: PoolSlot, lastWords: string, at?: string): void {
    this.#lastDeath.ofThread(lastWords, at);
    const running = slot.hosted.lastRunning(this.#partsOf(this.#state.slots.get(id)?.held.ranges ?? []));
    if (running.length === 0) this.#options.onEvent?.({ kind: "uncaught", message: lastWords });
    this.#dispatch({ kind: "died", slot: id, started: running.map(({ item }) => ({ first: item, end: item + 1 })) });
  }

  /** A slot's process is gone: whatever had started there may have been the cause, so it runs again, alone. */
  crashed(id: SlotId, error: ItemError, started: readonly Range[] | undefined): void {
    this.#lastDeath.ofProcess(error);
    this.#dispatch({ kind: "crashed", slot: id, started });
  }

  stop(): void {
    this.#dispatch({ kind: "stopped" });
    this.#after(stopGraceMs, () => {
      this.#over = true;
      this.#wake();
    });
  }

  #dispatch(event: Event): void {
    const { nextOut } = this.#state;
    for (const command of step(this.#state, event)) this.#execute(command);
    if (this.#state.nextOut !== nextOut) this.#publishNextOut(); // when all before it has been released
    this.#input.read(!this.#over && wantsInput(this.#state));
    this.#wake();
  }

  #wake(): void {
    this.#changed.resolve();
    this.#changed = Promise.withResolvers();
  }

  #execute(command: Command): void {
    const { slots, blocks } = this.#pool;
    switch (command.kind) {
      case "send": {
        const slot = slots.get(command.slot);
        const sentAt = this.#pool.measurePhases ? this.#pool.now() : undefined;
        for (const part of blocks.parts(command.range)) slot?.hosted.send(part, sentAt);
        return;
      }
      case "reclaim":
        return slots.get(command.slot)?.hosted.reclaim(this.#partsOf(command.ranges));
      case "start":
        if (this.#started.has(command.slot)) this.#options.onEvent?.({ kind: "restart" });
        this.#started.add(command.slot);
        this.#pool.start(command.slot);
        return;
      case "kill": {
        const slot = slots.get(command.slot);
        if (slot !== undefined) this.#pool.terminate(slot);
        slots.delete(command.slot);
        this.#options.onEvent?.({ kind: "killed" });
        return;
      }
      case "cancel": {
        const [part] = this.#partsOf([{ first: command.item, end: command.item + 1 }]);
        return slots.get(command.slot)?.hosted.cancel(part);
      }
      case "fail":
        return this.#makeError(command.item, command.why, command.attempts);
      case "backOff":
        this.#options.onEvent?.({ kind: "retry" });
        giveBack(slots.values(), sumTaken(this.#outcomes.forget(command.item)), this.#pool.slotCredit);
        return this.#after(
          backOffMs * 2 ** (command.attempt - 2),
          () => this.#dispatch({ kind: "retryDue", item: command.item }),
        );
      case "deliver":
        return this.#outcomes.release(command.range);
      case "giveUp":
        return this.fail(this.#lastDeath.giveUp(this.#pool.name));
      default:
        return command satisfies never;
    }
  }

  async #running(): Promise<RunningItem[]> {
    const all = await Promise.all([...this.#state.slots].map(async ([slot, { held }]) => {
      const items = await this.#pool.slots.get(slot)?.hosted.running(this.#partsOf(held.ranges)) ?? [];
      return items.map(({ item, since }) => ({ slot, item, since }));
    }));
    return all.flat();
  }

  #partsOf(ranges: readonly Range[]): Part[] {
    return ranges.flatMap((range) => [...this.#pool.blocks.parts(range)]);
  }

  #arrived(input: Input): void {
    if (this.#over) return;
    const { count, bytes, last, error } = input;
    this.#inputError = error;
    this.#dispatch({ kind: "input", count, bytes, last });
    this.#tellFreed();
  }

  #freeBlocks(range: Range): void {
    this.#pool.blocks.end(range);
    this.#tellFreed();
  }

  /** Blocks are freed when their last item ends, and when a new one is begun while the last one is empty. */
  #tellFreed(): void {
    const bytes = this.#pool.blocks.bytesFreed - this.#bytesFreed;
    this.#bytesFreed += bytes;
    if (bytes > 0) this.#dispatch({ kind: "freed", bytes });
  }

  /** The consumer has these: their slots may go on, and reuse their buffers. */
  #taken(deliveries: readonly Delivery[]): void {
    const taken = sumTaken(deliveries);
    giveBack(this.#pool.slots.values(), taken, this.#pool.slotCredit);
    this.#dispatch({ kind: "taken", items: taken.items, bytes: taken.bytes });
  }

  /** Slots learn which item the output waits for: values of that one may leave, and it may start anywhere. */
  #publishNextOut(): void {
    if (!this.#options.ordered) return;
    const { nextOut, slots } = this.#state;
    this.#outcomes.releaseValues(nextOut);
    Atomics.store(this.#pool.control, words.nextOut, this.#awaitsNextOut ? nextOut % 2 ** 31 : -1);
    if (!this.#awaitsNextOut) return;
    for (const [id, slot] of this.#pool.slots) {
      if (slot.paused && slots.get(id)?.held.has(nextOut)) slot.resume();
    }
  }

  /** Nothing can leave before the head ends. Else output waits for its reader, and no item may add to it beyond credit. */
  get #awaitsNextOut(): boolean {
    return this.#options.ordered && this.#starving && !this.#outcomes.hasReady;
  }

  #makeError(item: number, why: "lost" | "timeout", attempts: number): void {
    const { blocks, format } = this.#pool;
    const error = why === "timeout"
      ? { name: "TimeoutError", message: `took longer than ${this.#options.timeoutMs} ms` }
      : this.#lastDeath.error;
    const record = encoder.encode(errorRecord(blocks.lineOf(item), error, format.errorSeparator));
    this.#outcomes.addError(item, attempts === 1 ? record : withAttempts(record, attempts));
    this.#freeBlocks({ first: item, end: item + 1 });
  }

  #tune(tuner: Tuner, reading: SlotReading): void {
    const { slots, control, now } = this.#pool;
    const choice = tuner.observe(reading, now());
    if (choice === undefined) return;
    Atomics.store(control, words.tasks, choice.tasks);
    const add = Array.from({ length: choice.threads }, (_, id) => id).filter((id) => !slots.has(id));
    this.#dispatch({ kind: "tuned", tasks: choice.tasks, add });
  }

  #after(ms: number, act: () => void): void {
    const wait = this.#clock.wait(ms);
    this.#waits.add(wait);
    wait.done.then(() => {
      this.#waits.delete(wait);
      act();
    });
  }
}

import { type Clock, epochOf, systemClock, turnTaker } from "../../clock.ts";
import { JobError } from "../../errors.ts";
import type { HostMessage } from "../host/host.ts";
import { BlockStore } from "../input/block_store.ts";
import type { ItemSource } from "../input/item_source.ts";
import { scheduler } from "../schedule/scheduler.ts";
import { controlWord, type ToSlot } from "../wire/protocol.ts";
import { resultMemory } from "../wire/result_chunks.ts";
import type { Delivery } from "./delivery.ts";
import { EventQueue } from "./event_queue.ts";
import { PoolRun } from "./pool_run.ts";
import type { Pool, PoolOptions, PoolParts } from "./pool_options.ts";
import type { PoolSlot } from "./pool_slot.ts";
import type { RunEvent, RunOptions } from "./run_options.ts";
import { Slots } from "./slots.ts";

export type { Pool } from "./pool_options.ts";

/** The default of `slotCredit`. */
const defaultCredit = 4 * 1024 * 1024;

/** The default of `loadMs`: a job that has not loaded by then never will. */
const defaultLoadMs = 60_000;

/**
 * Starts the slots and waits until each has loaded the job.
 *
 * @throws {JobError} the module cannot be used as a job; no slot is left
 * @throws the signal's reason, if it aborts before each slot has loaded the job; no slot is left
 */
export async function openPool(options: PoolOptions, parts: Partial<PoolParts> = {}): Promise<Pool> {
  const usual = { scheduler, blocks: new BlockStore(), slotCredit: defaultCredit, random: Math.random };
  const pool = new SlotPool(options, { ...usual, ...parts });
  await pool.open();
  return pool;
}

/** Everything that happens to a pool and its run. */
type QueuedEvent =
  | RunEvent
  | { readonly kind: "message"; readonly slot: PoolSlot; readonly message: HostMessage }
  /** The pool is opened, or a run begins. Missing slots are started: at first all, later those that died between two runs. */
  | { readonly kind: "begin"; readonly run?: PoolRun; readonly upTo?: number }
  /** The pool's signal has aborted. */
  | { readonly kind: "aborted" };

class SlotPool implements Pool {
  readonly #options: PoolOptions;
  readonly #parts: PoolParts;
  readonly #clock: Clock;
  readonly #control = new Int32Array(new SharedArrayBuffer(controlWord.length * 4));
  readonly #slots: Slots;
  readonly #queue = new EventQueue<QueuedEvent>((event) => this.#handle(event));
  /** Resolves when each slot has loaded the job for the first time. */
  readonly #opened = Promise.withResolvers<void>();
  #run: PoolRun | undefined;
  /** From the last run, so that the next one does not have to find it again. */
  #batch: number | undefined;
  /** A run was left while slots had work. */
  #spoiled = false;
  items: string | undefined;

  constructor(options: PoolOptions, parts: PoolParts) {
    const { name, host, clock = systemClock, loadMs = defaultLoadMs, tasks } = options;
    this.#options = options;
    this.#parts = parts;
    this.#clock = clock;
    this.#control[controlWord.tasks] = tasks;
    this.#slots = new Slots({
      name,
      host,
      clock,
      loadMs,
      results: () => resultMemory(parts.slotCredit),
      load: (slot) => this.#load(slot),
      onMessage: (slot, message) => this.#queue.push({ kind: "message", slot, message }),
      onFailure: (error) => this.#fail(error),
    });
  }

  async open(): Promise<void> {
    const { signal, threads } = this.#options;
    signal?.throwIfAborted();
    signal?.addEventListener("abort", this.#abort);
    try {
      const turn = turnTaker(this.#clock); // each start holds main for 10 to 15 ms
      for (let upTo = 1; upTo < threads; upTo++) {
        this.#queue.push({ kind: "begin", upTo });
        await Promise.race([this.#opened.promise, turn()]); // a signal, or a slot that fails, ends it
      }
      this.#queue.push({ kind: "begin" });
      await this.#opened.promise;
    } catch (error) {
      this.#spoiled = true;
      await this.close();
      throw error;
    }
  }

  async *run(source: ItemSource, options: RunOptions): AsyncGenerator<readonly Delivery[]> {
    if (this.#run !== undefined || this.#spoiled) {
      throw new Error("a pool does one run at a time, and none after one left early");
    }
    const push = (event: QueuedEvent) => this.#queue.push(event);
    const own = { slots: this.#slots, control: this.#control, clock: this.#clock, push };
    const run = new PoolRun({ ...this.#options, ...this.#parts, ...own }, source, options, this.#batch);
    try {
      push({ kind: "begin", run });
      yield* run.deliveries();
    } finally {
      this.#run = undefined;
      this.#batch = run.batch;
      this.#spoiled = !run.end();
    }
  }

  readonly running = async () => await this.#run?.running() ?? { items: 0 };

  readonly resting = () => this.#run?.resting ?? 0;

  readonly heldBack = () => this.#run?.heldBack();

  readonly close = async () => {
    this.#options.signal?.removeEventListener("abort", this.#abort);
    await this.#slots.close(!this.#spoiled && !this.#options.signal?.aborted);
  };

  readonly #abort = () => {
    Atomics.store(this.#control, controlWord.stopped, 1);
    this.#queue.push({ kind: "aborted" });
  };

  #load(slot: PoolSlot): ToSlot & { kind: "load" } {
    const { job, format, numbering = { first: 0, step: 1 }, probes = "none", spans = "none" } = this.#options;
    const { tuned = false, retry, wantsItems = false } = this.#options;
    return {
      kind: "load",
      job,
      thread: slot.id,
      generation: slot.generation,
      control: this.#control,
      results: slot.results,
      epoch: epochOf(this.#clock),
      format,
      numbering,
      credit: this.#parts.slotCredit,
      probes,
      spans,
      tuned,
      retry,
      wantsItems,
    };
  }

  #fail(error: Error): void {
    this.#opened.reject(error);
    this.#run?.fail(error);
  }

  #startSlots(upTo: number): void {
    for (let id = 0; id < upTo; id++) if (!this.#slots.get(id)) this.#slots.start(id);
  }

  #handle(event: QueuedEvent): void {
    switch (event.kind) {
      case "message":
        if (this.#slots.has(event.slot)) this.#onMessage(event.slot, event.message);
        return;
      case "begin":
        this.#run = event.run;
        this.#startSlots(event.upTo ?? this.#options.threads);
        return this.#run?.start();
      case "aborted":
        for (const slot of this.#slots) slot.post({ kind: "stop" });
        this.#opened.reject(this.#options.signal?.reason);
        return this.#run?.stop();
      default:
        return this.#run?.handle(event);
    }
  }

  #onMessage(slot: PoolSlot, message: HostMessage): void {
    const { name, threads } = this.#options;
    switch (message.kind) {
      case "loaded":
        this.items ??= message.items;
        this.#slots.loaded(slot, message.hasTeardown);
        if ([...this.#slots].filter(({ up }) => up).length === threads) this.#opened.resolve();
        return this.#run?.handle({ kind: "ready", slot: slot.id });
      case "refused":
        return this.#fail(new JobError(name, message.found, message.code));
      case "results":
        return this.#run?.results(slot, message);
      case "reclaimed":
        return this.#run?.handle({ kind: "reclaimed", slot: slot.id, ranges: message.ranges });
      case "paused":
        return this.#run?.paused(slot);
      case "fatal":
        this.#slots.terminate(slot);
        this.#opened.reject(new JobError(name, message.message));
        return this.#run?.died(slot, message.message, message.at);
      case "crashed":
        this.#slots.terminate(slot);
        this.#opened.reject(new JobError(name, message.error.message));
        return this.#run?.crashed(slot, message.error, message.started);
      case "uncaught":
        return this.#run?.uncaught(message.message, message.line);
      case "finished":
        return slot.finished.resolve();
      default:
        return message satisfies never;
    }
  }
}

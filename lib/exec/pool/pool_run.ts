import type { ItemError } from "../../model/item.ts";
import type { ItemSource } from "../input/item_source.ts";
import type { Range } from "../schedule/range_set.ts";
import { type Command, type Event, isDone, type SlotId, type State } from "../schedule/scheduler.ts";
import { controlWord, type FromSlot } from "../wire/protocol.ts";
import type { Delivery } from "./delivery.ts";
import { InFlight } from "./in_flight.ts";
import { LastDeath } from "./last_death.ts";
import type { PoolSlot } from "./pool_slot.ts";
import { limitsOf, type PoolEvent, type RunContext, type RunEvent, type RunOptions } from "./run_options.ts";
import { RunInput } from "./run_input.ts";
import { RunOutput } from "./run_output.ts";
import { RunWidth } from "./run_width.ts";
import { type Found, TimeLimit } from "./time_limit.ts";
import { backOffMs, stopGraceMs, Waits } from "./waits.ts";

/**
 * One run of a pool: tells the scheduler what slots, input and consumer do, and executes its commands. The pool's loop calls
 * `start` and everything below it, one at a time; whatever happens meanwhile waits in the pool's queue.
 */
export class PoolRun {
  readonly #pool: RunContext;
  readonly #options: RunOptions;
  readonly #state: State;
  readonly #output: RunOutput;
  readonly #inFlight: InFlight;
  readonly #width: RunWidth;
  readonly #waits: Waits;
  readonly #timeLimit: TimeLimit | undefined;
  readonly #input: RunInput;
  readonly #lastDeath: LastDeath;
  /** Slots that have had a thread. */
  readonly #started = new Set<SlotId>();
  /** Wakes the consumer, which waits for something to take. */
  #wakeConsumer: (() => void) | undefined;
  #failure: Error | undefined;
  #over = false;

  /** `batch`: the `batch` of an earlier run of the pool. */
  constructor(pool: RunContext, source: ItemSource, options: RunOptions, batch?: number) {
    const { clock, blocks, slots, push } = pool;
    const { timeoutMs: limitMs = 0 } = options;
    this.#pool = pool;
    this.#options = options;
    this.#state = pool.scheduler.initialState(limitsOf(options, pool.control[controlWord.tasks]), batch);
    this.#output = new RunOutput(pool, this.#state);
    this.#inFlight = new InFlight(pool, this.#state);
    this.#width = new RunWidth(pool, options, this.#state);
    this.#waits = new Waits(clock);
    this.#lastDeath = new LastDeath(limitMs, pool.retry?.names);
    this.#input = new RunInput({ source, blocks, push });
    if (limitMs > 0) {
      const itsError = { final: this.#lastDeath.isFinal("timeout") };
      const report = (found: Found, slot: PoolSlot) =>
        slots.has(slot) && push({ ...found, ...itsError, slot: slot.id });
      this.#timeLimit = new TimeLimit({ limitMs, clock, report, running: () => this.#inFlight.running() });
    }
  }

  /** Yields outcomes when they are ready. Asking for more means that the previous ones have been taken. */
  async *deliveries(): AsyncGenerator<readonly Delivery[]> {
    const { push } = this.#pool;
    while (true) {
      if (this.#output.hasReady) {
        const deliveries = this.#output.takeReady();
        yield deliveries;
        push({ kind: "consumed", deliveries });
        continue;
      }
      if (this.#failure) throw this.#failure;
      if (isDone(this.#state) || this.#over) {
        if (this.#input.error) throw this.#input.error;
        return;
      }
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#wakeConsumer = resolve;
      push({ kind: "consumer", waits: true });
      await promise;
      push({ kind: "consumer", waits: false });
    }
  }

  /** How many items make about a batch of work for a slot, as this run has found. */
  get batch(): number {
    return this.#state.batch;
  }

  /** Resolves to the line and age of the item that has been running longest; undefined if none runs. */
  oldest(): Promise<{ readonly line: number; readonly ageMs: number } | undefined> {
    return this.#inFlight.oldest();
  }

  /** How many failed items wait for their next attempt. */
  get resting(): number {
    return this.#state.backingOff.size + this.#state.due.size;
  }

  /** Ends the run. Returns whether the slots are idle. */
  end(): boolean {
    this.#waits.cancel();
    this.#width.stop();
    this.#timeLimit?.stop();
    if (!this.#state.inputEnded) this.#input.close();
    const isIdle = !this.#state.stopped && isDone(this.#state);
    if (isIdle) this.#pool.blocks.clear();
    return isIdle;
  }

  start(): void {
    const { control, signal, slots } = this.#pool;
    Atomics.store(control, controlWord.nextOut, -1);
    Atomics.store(control, controlWord.limitMs, Math.ceil(this.#options.timeoutMs ?? 0));
    if (signal?.aborted) this.stop();
    for (const { id, up } of slots) {
      this.#started.add(id);
      if (up) this.#step({ kind: "ready", slot: id });
    }
    this.#timeLimit?.start();
    this.#width.start();
    this.#goOn();
  }

  handle(event: RunEvent): void {
    switch (event.kind) {
      case "consumed": {
        const { items, bytes } = this.#output.taken(event.deliveries);
        this.#step({ kind: "taken", items, bytes, paused: this.#output.hasPaused });
        break;
      }
      case "consumer":
        return this.#output.consumerWaits(event.waits);
      default:
        if (event.kind === "expired") this.#lastDeath.ofKill();
        this.#step(event);
    }
    this.#goOn();
  }

  fail(error: Error): void {
    this.#failure ??= error;
    this.#goOn();
  }

  results(slot: PoolSlot, message: FromSlot & { kind: "results" }): void {
    const receivedAt = message.phases && this.#pool.clock.now();
    const { ended, yielded } = this.#output.add(slot, message);
    for (const item of yielded) {
      this.#step({ kind: "yielded", item });
      this.#output.yielded(item);
    }
    this.#step({ kind: "ended", slot: slot.id, stretches: ended, ms: message.ms });
    for (const stretch of ended) if (!this.#state.backingOff.has(stretch.first)) this.#input.free(stretch);
    const tuned = this.#width.observe(slot.id, message, ended, receivedAt);
    if (tuned !== undefined) this.#step(tuned);
    this.#goOn();
  }

  paused(slot: PoolSlot): void {
    this.#output.paused(slot);
    this.#step({ kind: "paused" });
  }

  /** An uncaught error that fails no item: its item, in line `line`, has ended; or its item is unknown and none was running. */
  uncaught(message: string, line: number | undefined): void {
    this.#emit({ kind: "uncaught", message, line });
  }

  died(slot: PoolSlot, message: string, at?: string): void {
    this.#lastDeath.ofThread(message, at);
    const started = this.#inFlight.lastRunning(slot);
    if (started.length === 0) this.#emit({ kind: "uncaught", message });
    this.handle({ kind: "died", slot: slot.id, started, final: this.#lastDeath.isFinal("lost") });
  }

  /** A slot's process is gone. Any item that had started there may be the culprit, so each runs again, alone. */
  crashed(id: SlotId, error: ItemError, started: readonly Range[] | undefined): void {
    this.#lastDeath.ofProcess(error);
    this.handle({ kind: "crashed", slot: id, started, final: this.#lastDeath.isFinal("lost") });
  }

  stop(): void {
    this.#waits.after(stopGraceMs, () => {
      this.#over = true;
      this.#goOn();
    });
    this.handle({ kind: "stopped" });
  }

  /** Lets the scheduler take an event into account, and executes its commands. */
  #step(event: Event): void {
    const { nextOut } = this.#state;
    for (const command of this.#pool.scheduler.step(this.#state, event)) this.#execute(command);
    if (this.#state.nextOut !== nextOut) this.#output.publishNextOut(); // after everything before it has been released
  }

  /** Reads on, and wakes the consumer: one of them may have waited for what has just happened. */
  #goOn(): void {
    this.#input.read(this.#pool.scheduler.wantsInput(this.#state));
    this.#wakeConsumer?.();
  }

  #emit(event: PoolEvent): void {
    this.#options.onEvent?.(event);
  }

  #execute(command: Command): void {
    const { slots, push, random, retry } = this.#pool;
    switch (command.kind) {
      case "send":
        this.#inFlight.send(command.slot, command.range);
        return this.#width.sent();
      case "reclaim":
        return this.#inFlight.reclaim(command.slot, command.ranges);
      case "start":
        if (this.#started.has(command.slot)) this.#emit({ kind: "restart" });
        this.#started.add(command.slot);
        return slots.start(command.slot);
      case "kill": {
        const slot = slots.get(command.slot);
        if (slot !== undefined) slots.terminate(slot);
        return this.#emit({ kind: "killed" });
      }
      case "cancel":
        return this.#inFlight.cancel(command.slot, command.item);
      case "fail": {
        const { item, why, attempts } = command;
        this.#output.fail(item, this.#lastDeath.errorOf(why), attempts);
        return this.#input.free({ first: item, end: item + 1 });
      }
      case "backOff": {
        const { item, attempt, afterMs } = command;
        this.#emit({ kind: "retry" });
        this.#output.forget(item);
        const ms = backOffMs({ attempt, afterMs, maxMs: retry?.maxMs, random });
        return this.#waits.after(ms, () => push({ kind: "retryDue", item }));
      }
      case "deliver":
        return this.#output.release(command.range);
      case "giveUp":
        return this.fail(this.#lastDeath.giveUp(this.#pool.name));
      default:
        return command satisfies never;
    }
  }
}

import type { ItemError } from "../../model/item.ts";
import type { ItemSource } from "../input/item_source.ts";
import type { Pacing } from "../pace/pacing.ts";
import type { Range } from "../schedule/range_set.ts";
import { type Command, type Event, isDone, type SlotId, type State } from "../schedule/scheduler.ts";
import { controlWord, type FromSlot } from "../wire/protocol.ts";
import type { Delivery } from "./delivery.ts";
import { InFlight, type RunningNow } from "./in_flight.ts";
import { LastDeath } from "./last_death.ts";
import type { PoolSlot } from "./pool_slot.ts";
import { limitsOf, type PoolEvent, type RunContext, type RunEvent, type RunOptions } from "./run_options.ts";
import { RunInput } from "./run_input.ts";
import { RunOutput } from "./run_output.ts";
import { RunWidth } from "./run_width.ts";
import { type TimeLimit, watchTime } from "./time_limit.ts";
import { stopGraceMs, Waits } from "./waits.ts";

/**
 * One run of a pool: tells the scheduler what slots, input and consumer do, and executes its commands. The pool's loop calls
 * `start` and everything below it, one at a time; whatever happens meanwhile waits in the pool's queue.
 */
export class PoolRun {
  readonly #pool: RunContext;
  readonly #options: RunOptions;
  readonly #emit: (event: PoolEvent) => void;
  readonly #state: State;
  readonly #output: RunOutput;
  readonly #inFlight: InFlight;
  readonly #width: RunWidth;
  /** What holds starts back, if anything does. */
  readonly #pacing: Pacing | undefined;
  readonly #waits: Waits;
  readonly #timeLimit: TimeLimit | undefined;
  readonly #input: RunInput;
  readonly #lastDeath: LastDeath;
  /** Slots that have had a thread. */
  readonly #started = new Set<SlotId>();
  #failure: Error | undefined;
  #over = false;

  /** `batch`: the `batch` of an earlier run of the pool. */
  constructor(pool: RunContext, source: ItemSource, options: RunOptions, batch?: number) {
    this.#pool = pool;
    this.#options = options;
    this.#emit = options.onEvent ?? (() => {});
    this.#state = pool.scheduler.initialState(limitsOf(options, pool.control[controlWord.tasks]), batch);
    this.#output = new RunOutput(pool, this.#state);
    this.#inFlight = new InFlight(pool, this.#state);
    this.#width = new RunWidth(pool, options, this.#state);
    this.#waits = new Waits(pool.clock);
    this.#lastDeath = new LastDeath(options.timeoutMs ?? 0, pool.retry?.names);
    this.#input = new RunInput({ source, blocks: pool.blocks, push: pool.push });
    options.watcher?.begin({ ...pool, state: this.#state });
    this.#timeLimit = watchTime(pool, options, this.#lastDeath.isFinal("timeout"), () => this.#inFlight.running());
    this.#pacing = options.pace?.begin({
      state: this.#state,
      pool,
      hasPlace: () => pool.scheduler.hasPlace(this.#state, this.#width.most),
      isBlocked: () => this.#output.isBlocked(),
      release: (item) => this.#step({ kind: "release", item }),
      onKeyless: (line) => this.#emit({ kind: "keyless", line }),
    });
  }

  /** Yields outcomes when they are ready. Asking for more means that the previous ones have been taken. */
  deliveries(): AsyncGenerator<readonly Delivery[]> {
    return this.#output.deliveries(() => {
      if (this.#failure) throw this.#failure;
      const isOver = isDone(this.#state) || this.#over;
      if (isOver) this.#input.rethrow();
      return isOver;
    });
  }

  /** How many items make about a batch of work for a slot, as this run has found. */
  get batch(): number {
    return this.#state.batch;
  }

  /** Resolves to what runs now. */
  readonly running = (): Promise<RunningNow> => this.#inFlight.now();

  /** What keeps items from starting that have a place. */
  readonly heldBack = () => this.#options.brake?.why ?? this.#pacing?.why ?? this.#output.heldBack;

  /** How many failed items wait for their next attempt. */
  get resting(): number {
    return this.#state.backingOff.size + this.#state.due.size;
  }

  /** Ends the run. Returns whether the slots are idle. */
  end(): boolean {
    this.#waits.cancel();
    this.#width.stop();
    this.#timeLimit?.stop();
    this.#pacing?.stop();
    if (!this.#state.inputEnded) this.#input.close();
    const isIdle = !this.#state.stopped && isDone(this.#state);
    if (isIdle) this.#pool.blocks.clear();
    return isIdle;
  }

  start(): void {
    const { control, signal, slots } = this.#pool;
    Atomics.store(control, controlWord.nextOut, -1);
    Atomics.store(control, controlWord.limitMs, Math.ceil(this.#options.timeoutMs ?? 0));
    this.#width.start(async () => (await this.running()).items > 0);
    if (signal?.aborted) this.stop();
    for (const { id, up } of slots) {
      this.#started.add(id);
      if (up) this.#step({ kind: "ready", slot: id });
    }
    this.#timeLimit?.start();
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
        this.#output.consumerWaits(event.waits);
        return this.#pacing?.release();
      case "due":
        break;
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
    this.#options.watcher?.reported(slot, message);
    const wantsPlace = this.#pacing?.wantsPlace; // the ends of its items may have come late
    const { ended, yielded } = this.#output.add(slot, message);
    for (const item of yielded) {
      this.#step({ kind: "yielded", item });
      this.#output.yielded(item);
    }
    this.#step({ kind: "ended", slot: slot.id, stretches: ended, ms: message.ms });
    for (const stretch of ended) if (!this.#state.backingOff.has(stretch.first)) this.#endedForGood(stretch);
    const tuned = this.#width.observe(slot.id, message, ended, receivedAt, wantsPlace);
    if (tuned !== undefined) this.#step(tuned);
    this.#goOn();
  }

  paused(slot: PoolSlot): void {
    this.#output.paused(slot);
    this.handle({ kind: "paused" });
  }

  /** An uncaught error that fails no item: its item, in line `line`, has ended; or its item is unknown and none was running. */
  uncaught(message: string, line: number | undefined): void {
    this.#emit({ kind: "uncaught", message, line });
  }

  died(slot: PoolSlot, message: string, at?: string): void {
    this.#lastDeath.ofThread(message, at);
    const running = this.#inFlight.lastRunning(slot);
    this.#options.watcher?.running(running);
    if (running.length === 0) this.#emit({ kind: "uncaught", message });
    const started = running.map(({ item }) => ({ first: item, end: item + 1 }));
    this.handle({ kind: "died", slot: slot.id, started, final: this.#lastDeath.isFinal("lost") });
  }

  /** A slot's process is gone. Any item that had started there may be the culprit, so each runs again, alone. */
  crashed(slot: PoolSlot, error: ItemError, started: readonly Range[] | undefined): void {
    this.#lastDeath.ofProcess(error);
    this.#options.watcher?.running(this.#inFlight.lastRunning(slot));
    this.handle({ kind: "crashed", slot: slot.id, started, final: this.#lastDeath.isFinal("lost") });
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
    this.#options.watcher?.heard?.(event);
    for (const command of this.#pool.scheduler.step(this.#state, event)) {
      this.#options.watcher?.decided(command, event, this.#lastDeath);
      this.#execute(command);
    }
    if (this.#state.nextOut !== nextOut) this.#output.publishNextOut(); // after everything before it has been released
  }

  #endedForGood(items: Range): void {
    this.#input.free(items);
    this.#pacing?.ended(items);
  }

  /** Releases, reads on, and wakes the consumer: one of them may have waited for what has just happened. */
  #goOn(): void {
    this.#pacing?.release();
    this.#input.read(this.#pool.scheduler.wantsInput(this.#state));
    this.#output.wakeConsumer();
  }

  #execute(command: Command): void {
    const { slots, push } = this.#pool;
    switch (command.kind) {
      case "send":
        this.#inFlight.send(command.slot, command.range);
        return this.#width.sent();
      case "hold":
        return this.#pacing?.hold(command.range);
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
      case "fail":
        this.#output.fail(command.item, this.#lastDeath.errorOf(command.why), command.attempts);
        return this.#endedForGood({ first: command.item, end: command.item + 1 });
      case "backOff":
        this.#emit({ kind: "retry" });
        this.#output.forget(command.item);
        return this.#waits.backOff(command, this.#pool, () => push({ kind: "retryDue", item: command.item }));
      case "deliver":
        return this.#output.release(command.range);
      case "giveUp":
        return this.fail(this.#lastDeath.giveUp(this.#pool.name));
      default:
        return command satisfies never;
    }
  }
}

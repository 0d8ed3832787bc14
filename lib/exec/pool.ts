import { JobError, TandemError } from "../errors.ts";
import type { Item, JobReference, Outcome } from "../model.ts";
import type { FromSlot, ToSlot } from "./protocol.ts";
import { type Command, type Event, initialState, type SlotId, type State, step } from "./scheduler.ts";
import type { Host, Slot } from "./worker_host.ts";

/** What a pool runs, where, and how wide: `threads` slots, each running up to `tasks` items at once. */
export interface PoolOptions {
  readonly job: JobReference;
  /** The job's name in messages. */
  readonly name: string;
  readonly threads: number;
  readonly tasks: number;
  readonly host: Host;
  readonly signal?: AbortSignal;
}

/** Dead slots that are replaced before the run gives up. */
const restartBudget = 10;

/** A running set of slots that have loaded the job. */
export interface Pool {
  /** Outcomes in the order of the items. One run at a time; leaving the loop early closes the items. */
  run(items: AsyncIterable<unknown> | Iterable<unknown>): AsyncGenerator<Outcome>;
  /** Tears the slots down; resolves when each has said so, or at once for those that are still busy. */
  close(): Promise<void>;
}

/**
 * Starts the slots and waits until each has loaded the job.
 *
 * @throws {JobError} the module cannot be used as a job; no slot is left
 */
export async function openPool(options: PoolOptions): Promise<Pool> {
  const { signal } = options;
  const slots = new Map<SlotId, Slot>();
  const loaded = new Map<SlotId, PromiseWithResolvers<void>>();
  const values = new Map<number, unknown>(); // items that have no outcome yet
  const outcomes = new Map<number, Outcome>(); // outcomes that are not delivered yet
  let state: State = initialState(options.tasks, restartBudget);
  let changed = Promise.withResolvers<void>();
  let failure: Error | undefined;
  let lastWords = ""; // of the slot that died last
  const goodbyes = new Map<SlotId, () => void>();

  function wake(): void {
    changed.resolve();
    changed = Promise.withResolvers();
  }

  const post = (slot: SlotId, message: ToSlot) => slots.get(slot)?.post(message);

  function start(id: SlotId): void {
    const ready = Promise.withResolvers<void>();
    ready.promise.catch(() => {}); // only the first start is awaited
    loaded.set(id, ready);
    const slot = options.host((message) => slots.get(id) === slot && hear(id, message));
    slots.set(id, slot);
    post(id, { kind: "load", job: options.job, thread: id, tasks: options.tasks });
  }

  function hear(id: SlotId, message: FromSlot): void {
    switch (message.kind) {
      case "loaded":
        loaded.get(id)?.resolve();
        return tell({ kind: "ready", slot: id });
      case "refused":
        failure = new JobError(options.name, message.found);
        loaded.get(id)?.reject(failure);
        return wake();
      case "outcomes":
        for (const outcome of message.outcomes) end(outcome);
        return tell({ kind: "ended", slot: id, indices: message.outcomes.map(({ index }) => index) });
      case "fatal":
        slots.get(id)?.terminate();
        slots.delete(id);
        goodbyes.get(id)?.();
        lastWords = message.message;
        loaded.get(id)?.reject(new JobError(options.name, message.message));
        return tell({ kind: "died", slot: id });
      case "finished":
        return goodbyes.get(id)?.();
      default:
        return message satisfies never;
    }
  }

  /** An item's first end counts; a late one, of a slot that was given up, is dropped. */
  function end(outcome: Outcome): void {
    if (values.delete(outcome.index)) outcomes.set(outcome.index, outcome);
  }

  function tell(event: Event): void {
    for (const command of step(state, event)) obey(command);
    wake();
  }

  function obey(command: Command): void {
    switch (command.kind) {
      case "send":
        return post(command.slot, { kind: "items", items: command.indices.map(item) });
      case "lost":
        return command.indices.forEach((index) =>
          end({ kind: "error", index, error: { name: "ThreadDied", message: `its thread died: ${lastWords}` } })
        );
      case "start":
        return start(command.slot);
      case "giveUp":
        failure ??= new TandemError(
          `${options.name}: its threads died more than ${restartBudget} times: ${lastWords}`,
          1,
        );
        return;
      default:
        return command satisfies never;
    }
  }

  function item(index: number): Item {
    return { index, value: values.get(index) };
  }

  /** Most items between the input and the consumer: each slot's credit, and as many again to keep the order. */
  const window = 4 * options.threads * options.tasks + 64;

  async function* run(items: AsyncIterable<unknown> | Iterable<unknown>): AsyncGenerator<Outcome> {
    const source = Symbol.asyncIterator in items ? items[Symbol.asyncIterator]() : items[Symbol.iterator]();
    let admitted = 0;
    let delivered = 0;
    let reading: Promise<void> | undefined;
    let inputEnded = false;
    state = { ...initialState(options.tasks, state.restarts), held: state.held };

    async function read(): Promise<void> {
      try {
        const next = await source.next();
        if (next.done) inputEnded = true;
        else {
          values.set(admitted, next.value);
          tell({ kind: "input", index: admitted++ });
        }
      } catch (error) {
        failure ??= error instanceof Error ? error : new Error(String(error));
      }
      reading = undefined;
      wake();
    }

    try {
      while (true) {
        const outcome = outcomes.get(delivered);
        if (outcome) {
          outcomes.delete(delivered++);
          yield outcome;
          continue;
        }
        if (failure) throw failure;
        if (signal?.aborted || (inputEnded && delivered === admitted)) return;
        const change = changed.promise;
        if (!inputEnded && admitted - delivered < window) reading ??= read();
        await change;
      }
    } finally {
      if (!inputEnded) void source.return?.();
      values.clear();
      outcomes.clear();
    }
  }

  async function close(): Promise<void> {
    const idle = [...slots].filter(([id]) => state.held.get(id)?.size === 0 && !signal?.aborted);
    await Promise.all(idle.map(([id, slot]) => {
      const { promise, resolve } = Promise.withResolvers<void>();
      goodbyes.set(id, resolve);
      slot.post({ kind: "finish" });
      return promise;
    }));
    for (const slot of slots.values()) slot.terminate();
    slots.clear();
    signal?.removeEventListener("abort", abort);
  }

  function abort(): void {
    for (const slot of slots.values()) slot.post({ kind: "abort" });
    for (const { reject } of loaded.values()) reject(new Error("stopped"));
    wake();
  }

  signal?.addEventListener("abort", abort);
  for (let id = 0; id < options.threads; id++) start(id);
  try {
    await Promise.all([...loaded.values()].map(({ promise }) => promise));
  } catch (error) {
    for (const slot of slots.values()) slot.terminate();
    slots.clear();
    signal?.removeEventListener("abort", abort);
    throw error;
  }
  return { run, close };
}

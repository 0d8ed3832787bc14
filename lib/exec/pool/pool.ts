import { clockSince } from "../../clock.ts";
import { limit } from "../../limit.ts";
import { JobError } from "../../errors.ts";
import type { JobReference } from "../../model/item.ts";
import { generationLimit } from "../wire/block.ts";
import type { Generation } from "../wire/numbers.ts";
import { BlockStore } from "../input/block_store.ts";
import type { Host, HostMessage } from "../host/host.ts";
import type { Delivery } from "./delivery.ts";
import { PoolSlot } from "./pool_slot.ts";
import { controlWord, type Format, type Numbering } from "../wire/protocol.ts";
import { resultMemory } from "../wire/result_chunks.ts";
import { PoolRun } from "./pool_run.ts";
import type { ItemSource } from "../input/item_source.ts";
import type { RunOptions } from "./run_options.ts";
import type { SlotId } from "../schedule/scheduler.ts";

/** What a pool runs, where, and how wide: `threads` slots, each running up to `tasks` items at once. */
export interface PoolOptions {
  readonly job: JobReference;
  /** The job's name in messages. */
  readonly name: string;
  readonly threads: number;
  readonly tasks: number;
  readonly host: Host;
  readonly format: Format;
  readonly numbering?: Numbering;
  readonly measureCpu?: boolean;
  readonly measureItems?: boolean;
  /** Measure the loop's lag, the phases of items, and memory. */
  readonly measurePhases?: boolean;
  /** Ask for the items that the job's module exports. */
  readonly wantsItems?: boolean;
  /** How long a slot may take to load the job, in milliseconds. */
  readonly loadMs?: number;
  readonly signal?: AbortSignal;
}

/** A running set of slots that have loaded the job. */
export interface Pool {
  /** The items that the job's module exports, as a JSON array; undefined if it has none, or without `wantsItems`. */
  readonly items: string | undefined;
  /** Runs items, and yields outcomes when they are ready. One run at a time; after leaving a run early, only close the pool. */
  run(source: ItemSource, options: RunOptions): AsyncGenerator<readonly Delivery[]>;
  /** Resolves to the line and age of the item that has been running longest; undefined if none runs. */
  oldest(): Promise<{ readonly line: number; readonly ageMs: number } | undefined>;
  /**
   * Tears down the job in each slot, unless a run was left early or cancelled, and terminates the slots. Resolves when none is
   * left.
   */
  close(): Promise<void>;
}

/** Maximum output of a slot that main has not taken, in bytes. Beyond it, the slot starts nothing. */
const slotCredit = 4 * 1024 * 1024;

/** How long to wait for a teardown, in milliseconds. */
const closeMs = 5_000;

/** The default of `loadMs`: a job that has not loaded by then never will. */
const defaultLoadMs = 60_000;

/**
 * Starts the slots and waits until each has loaded the job.
 *
 * @throws {JobError} the module cannot be used as a job; no slot is left
 */
export async function openPool(options: PoolOptions): Promise<Pool> {
  const { signal } = options;
  const slots = new Map<SlotId, PoolSlot>();
  const blocks = new BlockStore();
  const control = new Int32Array(new SharedArrayBuffer(controlWord.length * 4));
  const epoch = Date.now();
  control[controlWord.tasks] = options.tasks;
  let generations = 0;
  let items: string | undefined;
  let run: PoolRun | undefined;
  let batch: number | undefined; // from the last run, so that the next one does not have to find it again
  let spoiled = false; // a run was left while slots had work
  const terminating = new Set<Promise<void>>(); // slots that were terminated and are not gone yet

  function start(id: SlotId): PoolSlot {
    const generation = ++generations % generationLimit as Generation;
    const slot: PoolSlot = new PoolSlot(
      generation,
      options.host(generation, (message) => slots.get(id) === slot && onMessage(id, slot, message)),
      resultMemory(slotCredit),
    );
    slots.set(id, slot);
    const { job, format, numbering = { first: 0, step: 1 } } = options;
    const { measureCpu = false, measureItems = false, measurePhases = false, wantsItems = false } = options;
    const load = {
      kind: "load",
      job,
      thread: id,
      generation,
      control,
      results: slot.results,
      epoch,
      format,
      numbering,
    } as const;
    slot.post({ ...load, credit: slotCredit, measureCpu, measureItems, measurePhases, wantsItems });
    const loaded = limit(options.loadMs ?? defaultLoadMs, () => {
      slot.loaded.reject(notLoaded());
      run?.fail(notLoaded());
    });
    slot.loaded.promise.then(loaded, loaded);
    return slot;
  }

  function notLoaded(): JobError {
    const seconds = (options.loadMs ?? defaultLoadMs) / 1000;
    return new JobError(options.name, `has not loaded within ${seconds} s; does its top level, or setup, ever end?`);
  }

  function onMessage(id: SlotId, slot: PoolSlot, message: HostMessage): void {
    switch (message.kind) {
      case "loaded":
        items ??= message.items;
        slot.loaded.resolve();
        slot.up = true;
        slot.hasTeardown = message.hasTeardown;
        return run?.ready(id);
      case "refused": {
        const error = new JobError(options.name, message.found, message.code);
        slot.loaded.reject(error);
        return run?.fail(error);
      }
      case "results":
        return run?.results(id, slot, message);
      case "reclaimed":
        return run?.reclaimed(id, message.ranges);
      case "paused":
        return run?.paused(id, slot);
      case "fatal":
        end(id, slot, message.message);
        return run?.died(id, slot, message.message, message.at);
      case "crashed":
        end(id, slot, message.error.message);
        return run?.crashed(id, message.error, message.started);
      case "uncaught":
        return run?.uncaught(message.message, message.line);
      case "finished":
        return slot.finished.resolve();
      default:
        return message satisfies never;
    }
  }

  /** Removes a slot that failed by itself. */
  function end(id: SlotId, slot: PoolSlot, why: string): void {
    terminate(slot);
    slots.delete(id);
    slot.finished.resolve();
    slot.loaded.reject(new JobError(options.name, why));
  }

  function terminate({ hosted }: PoolSlot): void {
    const gone = hosted.terminate();
    terminating.add(gone);
    void gone.then(() => terminating.delete(gone));
  }

  async function* runSource(source: ItemSource, runOptions: RunOptions): AsyncGenerator<readonly Delivery[]> {
    if (run !== undefined || spoiled) throw new Error("a pool does one run at a time, and none after one left early");
    for (let id = 0; id < options.threads; id++) if (!slots.has(id)) start(id); // a slot died between runs
    const current = new PoolRun(
      { ...options, slots, blocks, control, now: clockSince(epoch), slotCredit, start, terminate },
      source,
      runOptions,
      batch,
    );
    run = current;
    try {
      yield* current.deliveries();
    } finally {
      run = undefined;
      batch = current.batch;
      spoiled = !current.end();
    }
  }

  async function close(): Promise<void> {
    const finishing = spoiled || signal?.aborted ? [] : [...slots.values()].filter(({ hasTeardown }) => hasTeardown);
    for (const slot of finishing) slot.post({ kind: "finish" });
    if (finishing.length > 0) {
      const tooLong = Promise.withResolvers<void>();
      const cancel = limit(closeMs, tooLong.resolve);
      await Promise.race([Promise.all(finishing.map(({ finished }) => finished.promise)), tooLong.promise]);
      cancel();
    }
    terminateAll();
    await Promise.all(terminating);
  }

  function terminateAll(): void {
    for (const slot of slots.values()) {
      terminate(slot);
      slot.loaded.reject(new Error("closed")); // if it was still loading
    }
    slots.clear();
    signal?.removeEventListener("abort", stop);
  }

  function stop(): void {
    Atomics.store(control, controlWord.stopped, 1);
    for (const slot of slots.values()) {
      slot.post({ kind: "stop" });
      slot.loaded.reject(signal?.reason);
    }
    run?.stop();
  }

  signal?.addEventListener("abort", stop);
  if (signal?.aborted) stop();
  try {
    await Promise.all(Array.from({ length: options.threads }, (_, id) => start(id).loaded.promise));
  } catch (error) {
    terminateAll();
    await Promise.all(terminating);
    throw error;
  }
  return { items, run: runSource, oldest: async () => await run?.oldest(), close };
}

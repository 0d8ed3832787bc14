import type { Wait } from "../../clock.ts";
import type { HostedSlot } from "../host/host.ts";
import type { SlotId } from "../schedule/scheduler.ts";
import type { Taken } from "./delivery.ts";
import type { Generation } from "../wire/numbers.ts";
import type { ToSlot } from "../wire/protocol.ts";

/** A slot of a pool, up or being started, and the credit that main owes it. */
export class PoolSlot {
  readonly id: SlotId;
  readonly generation: Generation;
  readonly hosted: HostedSlot;
  /** The memory that it writes its results to. */
  readonly results: SharedArrayBuffer;
  /** The wait for it to load the job. */
  loading: Wait | undefined;
  /** Resolves when it has torn down the job, or is gone. */
  readonly finished = Promise.withResolvers<void>();
  /** Chunks of its results that have been read. */
  freeChunks: number[] = [];
  /** It has loaded the job. */
  up = false;
  /** Its job has a teardown, which runs before the thread ends. */
  hasTeardown = false;
  /** It has items that it did not start, because it had no credit, and has not been given any since. */
  paused = false;
  #unreported = 0;

  /** `start` may call back with messages of the slot. */
  constructor(id: SlotId, generation: Generation, results: SharedArrayBuffer, start: (slot: PoolSlot) => HostedSlot) {
    this.id = id;
    this.generation = generation;
    this.results = results;
    this.hosted = start(this);
  }

  post(message: ToSlot): void {
    this.hosted.post(message);
  }

  /** The consumer has taken `bytes` of its output. This is posted in time to keep the slot from pausing, not every time. */
  taken(bytes: number, credit: number): void {
    this.#unreported += bytes;
    if (this.#unreported < credit / 8 && !this.paused) return;
    this.post({ kind: "taken", bytes: this.#unreported, chunks: this.freeChunks });
    this.#unreported = 0;
    this.freeChunks = [];
    this.paused = false;
  }

  /** The slot has paused. It may go on if output has been taken in the meantime, or if `mayResume`. */
  pause(mayResume: boolean): void {
    this.paused = true;
    if (this.#unreported > 0) this.taken(0, 0);
    else if (mayResume) this.resume();
  }

  /** The slot may start the item that the output waits for, without credit. */
  resume(): void {
    this.post({ kind: "resume" });
  }
}

/** Returns the credit for taken output to the slots that it came from: they may go on and reuse their memory. */
export function giveBack(slots: Iterable<PoolSlot>, { byGeneration, values, chunks }: Taken, credit: number): void {
  for (const slot of slots) {
    for (const { generation, chunk } of chunks) if (generation === slot.generation) slot.freeChunks.push(chunk);
    const bytes = byGeneration.get(slot.generation);
    if (bytes !== undefined) slot.taken(bytes, credit);
    for (const { generation, item, bytes } of values) {
      if (generation === slot.generation) slot.post({ kind: "takenOf", item, bytes });
    }
  }
}

import type { HostedSlot } from "../host/host.ts";
import type { Taken } from "./delivery.ts";
import type { Generation } from "../wire/numbers.ts";
import type { ToSlot } from "../wire/protocol.ts";

/** A slot of a pool that is up or being started, and what main owes it. */
export class PoolSlot {
  readonly generation: Generation;
  readonly hosted: HostedSlot;
  /** Where it writes its results. */
  readonly results: SharedArrayBuffer;
  /** Resolves when it has loaded the job; rejects when it cannot. */
  readonly loaded = Promise.withResolvers<void>();
  /** Resolves when it has torn down the job. */
  readonly finished = Promise.withResolvers<void>();
  /** Chunks of its results that have been read. */
  freeChunks: number[] = [];
  /** It has loaded the job. */
  up = false;
  /** Its job has a teardown, which runs before the thread ends. */
  hasTeardown = false;
  /** It has items, and may not start them. */
  paused = false;
  #unreported = 0;

  constructor(generation: Generation, hosted: HostedSlot, results: SharedArrayBuffer) {
    this.generation = generation;
    this.hosted = hosted;
    this.results = results;
    this.loaded.promise.catch(() => {}); // only the first start is awaited
  }

  post(message: ToSlot): void {
    this.hosted.post(message);
  }

  /** The consumer has taken so much of its output: it is told before it would have to pause, not each time. */
  taken(bytes: number, credit: number): void {
    this.#unreported += bytes;
    if (this.#unreported < credit / 8 && !this.paused) return;
    this.post({ kind: "taken", bytes: this.#unreported, chunks: this.freeChunks });
    this.#unreported = 0;
    this.freeChunks = [];
    this.paused = false;
  }

  /** It paused: what has been taken meanwhile may let it go on. */
  pause(mayResume: boolean): void {
    this.paused = true;
    if (this.#unreported > 0) this.taken(0, 0);
    else if (mayResume) this.resume();
  }

  resume(): void {
    this.paused = false;
    this.post({ kind: "resume" });
  }
}

/** What the consumer has taken goes back to the slots it came from: they may go on, and use their memory again. */
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

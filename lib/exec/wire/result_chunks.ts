import { ceil, push, SharedArrayBuffer, Uint8Array } from "../../natives.ts";

/** Length of a chunk: what fills an outbox, and one more record of ordinary length. */
export const chunkBytes = 128 * 1024;

/** Shared memory for results of one slot, enough for `credit` bytes in full outboxes and some that are not full. */
export function resultMemory(credit: number): SharedArrayBuffer {
  return new SharedArrayBuffer(chunkBytes * ceil(credit / chunkBytes * 1.5 + 2));
}

/** One chunk of a slot's memory. */
export function viewChunk(memory: SharedArrayBuffer, chunk: number): Uint8Array {
  return new Uint8Array(memory, chunk * chunkBytes, chunkBytes);
}

/** A slot's side: which chunks are free. Buffers of their own would be garbage for two threads to collect. */
export class ResultChunks {
  readonly #views: Uint8Array[] = [];
  readonly #free: number[] = [];

  constructor(memory: SharedArrayBuffer) {
    for (let chunk = 0; chunk < memory.byteLength / chunkBytes; chunk++) {
      this.#views[chunk] = viewChunk(memory, chunk);
      this.#free[chunk] = chunk;
    }
  }

  /** A free chunk; undefined if there is none. It is still free until it is taken. */
  get next(): number | undefined {
    return this.#free[this.#free.length - 1];
  }

  view(chunk: number): Uint8Array {
    return this.#views[chunk];
  }

  /** The chunk that was `next` is in use. */
  take(): void {
    this.#free.length--;
  }

  /** Main has read it. */
  release(chunk: number): void {
    push(this.#free, chunk);
  }
}

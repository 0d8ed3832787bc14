import type { BlockStore } from "../input/block_store.ts";
import { type Input, InputReader } from "../input/input_reader.ts";
import type { ItemSource } from "../input/item_source.ts";
import type { Range } from "../schedule/range_set.ts";
import type { Event } from "../schedule/scheduler.ts";

/** What the input needs from its run. */
export interface RunInputOptions {
  readonly source: ItemSource;
  readonly blocks: BlockStore;
  readonly push: (event: Event) => void;
}

/** The input of a run: reports to the scheduler which items have arrived, and how much of their memory is free again. */
export class RunInput {
  readonly #options: RunInputOptions;
  readonly #reader: InputReader;
  #error: Error | undefined;
  #bytesFreed: number; // as reported to the scheduler

  constructor(options: RunInputOptions) {
    this.#options = options;
    this.#bytesFreed = options.blocks.bytesFreed;
    this.#reader = new InputReader(options.source, options.blocks, (input) => this.#arrived(input));
  }

  /** Throws the error that reading threw, if it did: to be called after the outcomes of all earlier items. */
  rethrow(): void {
    if (this.#error) throw this.#error;
  }

  /** Reads more input if it is wanted. */
  read(wanted: boolean): void {
    this.#reader.read(wanted);
  }

  close(): void {
    this.#reader.close();
  }

  /** Frees the memory of items that have ended. */
  free(range: Range): void {
    this.#options.blocks.end(range);
    this.#pushFreed();
  }

  #arrived({ count, bytes, last, error }: Input): void {
    this.#error = error;
    this.#options.push({ kind: "input", count, bytes, last });
    this.#pushFreed();
  }

  /** A block is freed when its last item ends, or, if it was still being filled, when the next block is begun. */
  #pushFreed(): void {
    const bytes = this.#options.blocks.bytesFreed - this.#bytesFreed;
    this.#bytesFreed += bytes;
    if (bytes > 0) this.#options.push({ kind: "freed", bytes });
  }
}

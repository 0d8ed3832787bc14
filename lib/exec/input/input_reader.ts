import type { BlockStore } from "./block_store.ts";
import type { ItemSource } from "./item_source.ts";

/** The result of one read. */
export interface Input {
  readonly count: number;
  /** Bytes of the blocks that the items took into use. */
  readonly bytes: number;
  /** No more items will come. */
  readonly last: boolean;
  /** Reading failed with this error, after these items. */
  readonly error?: Error;
}

/** Reads items when they are wanted, one read at a time, and reports each result. */
export class InputReader {
  readonly #source: ItemSource;
  readonly #blocks: BlockStore;
  readonly #onInput: (input: Input) => void;
  #reading = false;

  constructor(source: ItemSource, blocks: BlockStore, onInput: (input: Input) => void) {
    this.#source = source;
    this.#blocks = blocks;
    this.#onInput = onInput;
  }

  read(wanted: boolean): void {
    if (wanted && !this.#reading) void this.#readOnce();
  }

  /** Closes the source. */
  close(): void {
    this.#source.close();
  }

  async #readOnce(): Promise<void> {
    this.#reading = true;
    const { count, bytesTaken } = this.#blocks;
    let last = true;
    let error: Error | undefined;
    try {
      last = !await this.#source.read(this.#blocks);
    } catch (thrown) {
      error = thrown instanceof Error ? thrown : new Error(String(thrown));
      this.close();
    }
    this.#reading = false;
    this.#onInput({ count: this.#blocks.count - count, bytes: this.#blocks.bytesTaken - bytesTaken, last, error });
  }
}

import type { BlockStore } from "./block_store.ts";
import type { ItemSource } from "./item_source.ts";

/** What one read has brought. */
export interface Input {
  readonly count: number;
  /** Memory that the items took into use. */
  readonly bytes: number;
  /** There are no more. */
  readonly last: boolean;
  /** Why not: reading failed, after what has come. */
  readonly error?: Error;
}

/** Reads items when they are wanted, one read at a time, and reports what has come. */
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

  /** Nothing more is wanted. */
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

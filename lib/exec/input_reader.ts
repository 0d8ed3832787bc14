import type { BlockStore } from "./block_store.ts";
import type { ItemSource } from "./run_options.ts";

/** What one read has brought. */
export interface Input {
  readonly count: number;
  /** Memory that the items took into use. */
  readonly bytes: number;
  /** There are no more. */
  readonly last: boolean;
}

/** Reads items when they are wanted, one read at a time, and tells what has come. */
export class InputReader {
  readonly #source: ItemSource;
  readonly #blocks: BlockStore;
  readonly #tell: (input: Input) => void;
  readonly #fail: (error: Error) => void;
  #reading = false;

  constructor(source: ItemSource, blocks: BlockStore, tell: (input: Input) => void, fail: (error: Error) => void) {
    this.#source = source;
    this.#blocks = blocks;
    this.#tell = tell;
    this.#fail = fail;
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
    try {
      const more = await this.#source.read(this.#blocks);
      this.#reading = false;
      this.#tell({ count: this.#blocks.count - count, bytes: this.#blocks.bytesTaken - bytesTaken, last: !more });
    } catch (error) {
      this.#fail(error instanceof Error ? error : new Error(String(error))); // and is not asked again
    }
  }
}

import type { BlockStore } from "../input/block_store.ts";
import { type Input, InputReader } from "../input/input_reader.ts";
import type { ItemSource } from "../input/item_source.ts";
import type { Range } from "../schedule/range_set.ts";
import type { Event } from "../schedule/scheduler.ts";

/** What the input of a run needs of it. */
export interface RunInputOptions {
  readonly source: ItemSource;
  readonly blocks: BlockStore;
  readonly dispatch: (event: Event) => void;
  /** Nothing more is wanted. */
  readonly isOver: () => boolean;
}

/** The input of a run: reports to the scheduler what has come, and how much memory of it is free again. */
export class RunInput {
  readonly #options: RunInputOptions;
  readonly #reader: InputReader;
  #error: Error | undefined;
  #bytesFreed: number; // as the scheduler knows it

  constructor(options: RunInputOptions) {
    this.#options = options;
    this.#bytesFreed = options.blocks.bytesFreed;
    this.#reader = new InputReader(options.source, options.blocks, (input) => this.#arrived(input));
  }

  /** What reading it threw, to be thrown when the outcomes of all that came before have been given. */
  get error(): Error | undefined {
    return this.#error;
  }

  /** Reads on if more is wanted. */
  read(wanted: boolean): void {
    this.#reader.read(wanted && !this.#options.isOver());
  }

  close(): void {
    this.#reader.close();
  }

  /** These items have ended: their memory may be used again. */
  free(range: Range): void {
    this.#options.blocks.end(range);
    this.#dispatchFreed();
  }

  #arrived({ count, bytes, last, error }: Input): void {
    if (this.#options.isOver()) return;
    this.#error = error;
    this.#options.dispatch({ kind: "input", count, bytes, last });
    this.#dispatchFreed();
  }

  /** Blocks are freed when their last item ends, and when a new one is begun while the last one is empty. */
  #dispatchFreed(): void {
    const bytes = this.#options.blocks.bytesFreed - this.#bytesFreed;
    this.#bytesFreed += bytes;
    if (bytes > 0) this.#options.dispatch({ kind: "freed", bytes });
  }
}

import type { BlockStore } from "./block_store.ts";
import type { ItemSelection, SelectionOptions } from "./item_selection.ts";

/** Which items are run, and how long one may be. */
export interface ItemOptions extends SelectionOptions {
  /** Maximum bytes of an item. A longer one is an error, and its bytes are not kept. */
  readonly maxLine: number;
}

/** Cuts chunks of bytes into items, and adds those that are to run to blocks. An item may span chunks. */
export interface ItemCutter {
  /** Lines so far. */
  readonly lines: number;
  /** Blank lines so far. */
  readonly blank: number;
  /** The items so far. */
  readonly selection: Pick<ItemSelection, "seen" | "isFull">;
  /** Begins a new input, which may start with a byte order mark. */
  startInput(): void;
  /** Cuts one chunk. What has not ended in it is kept until the next chunk. */
  cut(chunk: Uint8Array, blocks: BlockStore): void;
  /** Ends the input, and with it what has not ended. */
  endInput(blocks: BlockStore): void;
}

/**
 * Why an input is not what it should be. `input` counts from 0; undefined: it is the header that was given for all of them. `line`
 * is the input's own, from 1.
 */
export type InputFault =
  & { readonly input: number | undefined; readonly line: number }
  & (
    | { readonly kind: "header-too-long"; readonly maxLine: number }
    /** `found`: why the header is no row, as a row's error says it. */
    | { readonly kind: "header-malformed"; readonly found: string }
    | { readonly kind: "name-missing"; readonly column: number }
    | { readonly kind: "name-twice"; readonly name: string }
    /** `byte`: what stands where the array should begin; undefined: nothing. */
    | { readonly kind: "no-array"; readonly byte?: number }
    /** `element`: the line in which an element begins that does not end. */
    | { readonly kind: "array-breaks-off"; readonly element?: number }
    | { readonly kind: "after-array" }
  );

/** Makes the error to throw, in the words of the caller. */
export type RefuseInput = (fault: InputFault) => Error;

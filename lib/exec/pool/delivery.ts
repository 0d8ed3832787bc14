import type { Generation, ItemNumber } from "../wire/numbers.ts";

/** Records that may leave, of one kind. */
export interface Delivery {
  /** `ok`: `items` items have ended, with a record each. `value`: the first of them gave values, and goes on. */
  readonly kind: "ok" | "value" | "end" | "error";
  readonly first: number;
  readonly items: number;
  /** In memory that is used again when they are taken. */
  readonly bytes: Uint8Array;
  /** How many bytes the slot sent, if that differs: the credit for those it gets back. */
  readonly sentBytes?: number;
  /** Where the bytes lie, until they are taken. */
  readonly source?: Results;
}

/** A slot's results, in use until all of them have been taken. */
interface Results {
  /** The generation of the slot they came from. */
  readonly generation: Generation;
  /** The chunk of the slot's memory that they are in, if they are. */
  readonly chunk?: number;
  open: number;
}

/** What became of deliveries that were taken. */
export interface Taken {
  /** Items that had ended, and the bytes of their records but for the values of generators. */
  items: number;
  bytes: number;
  /** All bytes, by the generation of the slot they came from. */
  readonly byGeneration: Map<Generation, number>;
  /** Bytes of values of items that go on. */
  readonly values: { readonly generation: Generation; readonly item: ItemNumber; readonly bytes: number }[];
  /** Chunks of which nothing is used any more. */
  readonly chunks: { readonly generation: Generation; readonly chunk: number }[];
}

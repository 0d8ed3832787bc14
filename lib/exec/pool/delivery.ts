import type { Generation, ItemNumber } from "../wire/numbers.ts";

/** Records of one kind, ready to be delivered. */
export interface Delivery {
  /** `ok`: `items` items have ended, with one record each. `value`: the item `first` has given values and goes on. */
  readonly kind: "ok" | "value" | "end" | "error";
  readonly first: number;
  readonly items: number;
  /** The records, in memory that is reused when they have been taken. */
  readonly bytes: Uint8Array;
  /** How many bytes the slot sent, if different: this much credit goes back to it. */
  readonly sentBytes?: number;
  /** The results that the bytes are part of. */
  readonly source?: Results;
}

/** Results of a slot. Their memory is in use until all of them have been taken. */
interface Results {
  /** The generation of the slot they came from. */
  readonly generation: Generation;
  /** The chunk of the slot's memory that holds them, if any. */
  readonly chunk?: number;
  /** How many of their deliveries have not been taken. */
  open: number;
}

/** Totals of deliveries that were taken. */
export interface Taken {
  /** Items that had ended, and the bytes of their records, without the values of generators. */
  items: number;
  bytes: number;
  /** All bytes, by the generation of the slot that they came from. */
  readonly byGeneration: Map<Generation, number>;
  /** The bytes of generators' values. */
  readonly values: { readonly generation: Generation; readonly item: ItemNumber; readonly bytes: number }[];
  /** Chunks that are no longer in use. */
  readonly chunks: { readonly generation: Generation; readonly chunk: number }[];
}

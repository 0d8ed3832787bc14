import type { Item, JobReference, Outcome } from "../model.ts";

/** Every message between main and slots, and nothing else. */

/** What main says to a slot. */
export type ToSlot =
  | { readonly kind: "load"; readonly job: JobReference; readonly thread: number; readonly tasks: number }
  | { readonly kind: "items"; readonly items: readonly Item[] }
  | { readonly kind: "abort" }
  | { readonly kind: "finish" };

/** What a slot says to main. */
export type FromSlot =
  | { readonly kind: "loaded" }
  | { readonly kind: "refused"; readonly found: string }
  | { readonly kind: "outcomes"; readonly outcomes: readonly Outcome[] }
  /** An error that belongs to no item: thrown later, or a rejection nobody caught. The slot cannot be trusted any more. */
  | { readonly kind: "fatal"; readonly message: string }
  | { readonly kind: "finished" };

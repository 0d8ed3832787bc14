import { arrayFrom, isArray, isError, iterator, String, stringify } from "../natives.ts";
import type { Job } from "./job.ts";

/** A job's own items as a JSON array, or why they cannot be used, as the end of the sentence "job.ts: ...". */
export type OwnItems =
  | { readonly kind: "items"; readonly json: string | undefined }
  | { readonly kind: "refused"; readonly found: string };

/** Reads a job's `items` export: an array, or another iterable of plain data. */
export function ownItems({ items }: Job): OwnItems {
  if (items === undefined) return { kind: "items", json: undefined };
  const iterable = typeof items === "object" && items !== null && iterator in items;
  if (!iterable) return { kind: "refused", found: `its export "items" is not an array; expected items: [1, 2, 3]` };
  try {
    return { kind: "items", json: stringify(isArray(items) ? items : arrayFrom(items as Iterable<unknown>)) };
  } catch (error) {
    const why = isError(error) ? error.message : String(error);
    return { kind: "refused", found: `its export "items" is not JSON: ${why}; give plain data` };
  }
}

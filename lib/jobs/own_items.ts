import { messageOf } from "../errors.ts";
import type { Job } from "./job.ts";

/** A job's own items as a JSON array, or why they are none, as the end of the sentence "job.ts: ...". */
export type OwnItems =
  | { readonly kind: "items"; readonly json: string | undefined }
  | { readonly kind: "refused"; readonly found: string };

// What we use we keep: the job may replace globals.
const stringify = JSON.stringify;
const listOf = Array.from;
const isList = Array.isArray;

/** Reads a job's `items` export: an array, or another iterable of plain data. */
export function ownItems({ items }: Job): OwnItems {
  if (items === undefined) return { kind: "items", json: undefined };
  const iterable = typeof items === "object" && items !== null && Symbol.iterator in items;
  if (!iterable) return { kind: "refused", found: `its export "items" is no array; expected items: [1, 2, 3]` };
  try {
    return { kind: "items", json: stringify(isList(items) ? items : listOf(items as Iterable<unknown>)) };
  } catch (error) {
    const why = messageOf(error);
    return { kind: "refused", found: `its export "items" is not JSON: ${why}; give plain data` };
  }
}

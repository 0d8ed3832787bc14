import { arrayFrom, exec, getPrototypeOf, isArray, isError, iterator, keys, String, stringify } from "../natives.ts";
import type { Job } from "./job.ts";

/** A job's own items as a JSON array, or why they cannot be used, as the end of the sentence "job.ts: ...". */
export type OwnItems =
  | { readonly kind: "items"; readonly json: string | undefined }
  | { readonly kind: "refused"; readonly found: string };

/** Reads a job's `items` export: an array, or another iterable, of values that JSON gives back as they are. */
export function ownItems({ items }: Job): OwnItems {
  if (items === undefined) return { kind: "items", json: undefined };
  const iterable = typeof items === "object" && items !== null && iterator in items;
  if (!iterable) return { kind: "refused", found: `its export "items" is not an array; expected items: [1, 2, 3]` };
  try {
    const list = isArray(items) ? items : arrayFrom(items as Iterable<unknown>);
    const found = unlikeJson(list, "items", 0);
    if (found !== undefined) {
      return { kind: "refused", found: `its export "items" is not JSON: ${found}; give plain data` };
    }
    return { kind: "items", json: stringify(list) };
  } catch (error) {
    const why = isError(error) ? error.message : String(error);
    return { kind: "refused", found: `its export "items" is not JSON: ${why}; give plain data` };
  }
}

/** Deeper data is taken for a cycle. */
const maxDepth = 1_000;

/**
 * The first value that JSON does not give back as it is, with its place: JSON makes null or `{}` of many. Undefined if there is
 * none. A property that is undefined may be left out: the job reads undefined all the same.
 */
function unlikeJson(value: unknown, path: string, depth: number): string | undefined {
  switch (typeof value) {
    case "string":
    case "boolean":
      return undefined;
    case "number":
      return value - value === 0 ? undefined : `${path} is ${value}`;
    case "undefined":
      return `${path} is undefined`;
    case "object":
      return value === null ? undefined : unlikeJsonIn(value, path, depth);
    default:
      return `${path} is a ${typeof value === "bigint" ? "BigInt" : typeof value}`;
  }
}

function unlikeJsonIn(object: object, path: string, depth: number): string | undefined {
  if (depth === maxDepth) return `an item holds itself, or is more than ${maxDepth} levels deep`;
  if (isArray(object)) {
    for (let i = 0; i < object.length; i++) {
      const found = unlikeJson(object[i], `${path}[${i}]`, depth + 1);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  const prototype = getPrototypeOf(object);
  if (prototype !== null && getPrototypeOf(prototype) !== null) return `${path} is ${className(prototype)}`;
  const names = keys(object);
  for (let i = 0; i < names.length; i++) {
    const name = names[i];
    const value = (object as Record<string, unknown>)[name];
    const step = exec(/^[A-Za-z_$][\w$]*$/, name) === null ? `[${stringify(name)}]` : `.${name}`;
    const found = value === undefined ? undefined : unlikeJson(value, path + step, depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

function className({ constructor }: { readonly constructor?: { readonly name?: unknown } }): string {
  const name = `${constructor?.name ?? "object of a class"}`;
  return `${exec(/^[AEIOaeio]/, name) === null ? "a" : "an"} ${name}`;
}

import {
  arrayFrom,
  exec,
  getPrototypeOf,
  hasOwn,
  isArray,
  isError,
  iterator,
  objectPrototype,
  String,
  stringify,
} from "./natives.ts";

/** A job's own items as a JSON array, or why they cannot be used, as the end of the sentence "job.ts: ...". */
export type OwnItems =
  | { readonly kind: "items"; readonly json: string | undefined }
  | { readonly kind: "refused"; readonly found: string };

/** Reads a job's `items` export: an array, or another iterable, of values that JSON gives back as they are. */
export function ownItems({ items }: { readonly items?: unknown }): OwnItems {
  if (items === undefined) return { kind: "items", json: undefined };
  const iterable = typeof items === "object" && items !== null && iterator in items;
  if (!iterable) return { kind: "refused", found: `its export "items" is not an array; expected items: [1, 2, 3]` };
  try {
    const list = isArray(items) ? items : arrayFrom(items as Iterable<unknown>);
    const found = unlikeJson(list);
    if (found !== undefined) {
      return { kind: "refused", found: `its export "items" is not JSON: items${found}; give plain data` };
    }
    return { kind: "items", json: stringify(list) };
  } catch (error) {
    const why = isError(error) ? error.message : String(error);
    return { kind: "refused", found: `its export "items" is not JSON: ${why}; give plain data` };
  }
}

/** Deeper data is taken for a cycle. */
const maxDepth = 1_000;
const tooDeep = ` holds itself, or is more than ${maxDepth} levels deep`;

/**
 * The place in a value, and what stands there, that JSON does not give back as it is (`[2].a is a Map`): JSON makes null,
 * `{}` or a text of many, and leaves out others. Undefined if there is none. A property that is undefined may be left out: the
 * job reads undefined all the same.
 */
export function unlikeJson(value: unknown, depth = 0): string | undefined {
  switch (typeof value) {
    case "string":
    case "boolean":
      return undefined;
    case "number":
      return value - value === 0 ? undefined : ` is ${value}`;
    case "undefined":
      return " is undefined";
    case "object":
      if (value === null) return undefined;
      if (depth === maxDepth) return tooDeep;
      return isArray(value) ? unlikeJsonInArray(value, depth + 1) : unlikeJsonInObject(value, depth + 1);
    default:
      return ` is a ${typeof value === "bigint" ? "BigInt" : typeof value}`;
  }
}

function unlikeJsonInArray(array: readonly unknown[], depth: number): string | undefined {
  for (let i = 0; i < array.length; i++) {
    const found = unlikeJson(array[i], depth);
    if (found !== undefined) return found === tooDeep ? found : `[${i}]${found}`;
  }
  return undefined;
}

function unlikeJsonInObject(object: object, depth: number): string | undefined {
  const prototype = getPrototypeOf(object);
  const isPlain = prototype === objectPrototype || prototype === null || getPrototypeOf(prototype) === null;
  if (!isPlain) return ` is ${className(prototype)}`;
  for (const name in object) { // a third of the time that keys takes
    const value = (object as Record<string, unknown>)[name];
    const found = value === undefined ? undefined : unlikeJson(value, depth);
    if (found !== undefined && hasOwn(object, name)) return found === tooDeep ? found : stepTo(name) + found;
  }
  return undefined;
}

function stepTo(name: string): string {
  return exec(/^[A-Za-z_$][\w$]*$/, name) === null ? `[${stringify(name)}]` : `.${name}`;
}

function className({ constructor }: { readonly constructor?: { readonly name?: unknown } }): string {
  const name = `${constructor?.name ?? "object of a class"}`;
  return `${exec(/^[AEIOaeio]/, name) === null ? "a" : "an"} ${name}`;
}

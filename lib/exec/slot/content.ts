import {
  asyncIterator,
  bigintValueOf,
  booleanValueOf,
  getPrototypeOf,
  getTime,
  isArray,
  isError,
  isNaN,
  iterator,
  keys,
  mapForEach,
  mapGet,
  mapSet,
  objectPrototype,
  objectToString,
  push,
  regExpToString,
  setForEach,
  symbolValueOf,
  textSlice,
  toISOString,
  toStringTag,
  typedArrayLength,
  typedArrayName,
  typedArrayPrototype,
  Uint8Array,
  viewBuffer,
  viewByteLength,
  viewByteOffset,
} from "../../natives.ts";

/** What an object holds, one level deep. What it holds may be anything. */
export type Content =
  | { readonly kind: "items"; readonly items: ArrayLike<unknown>; readonly count: number }
  /** A Map's, in its order: as many keys as values. */
  | { readonly kind: "entries"; readonly keys: readonly unknown[]; readonly values: readonly unknown[] }
  /** A Set's, in its order. */
  | { readonly kind: "members"; readonly members: readonly unknown[] }
  /** Not read yet. */
  | { readonly kind: "properties"; readonly names: readonly string[] }
  /** What stands for the whole object: text for a date or a pattern, what a boxed primitive boxes. */
  | { readonly kind: "primitive"; readonly value: unknown }
  /**
   * Out of sight: an object without properties of its own, of a class that has a Symbol.toStringTag, as all such objects of the
   * language and of the web have (Promise, iterators, WeakMap, Headers, Response), or that can be iterated.
   */
  | { readonly kind: "hidden"; readonly tag: string; readonly iterable: "sync" | "async" | undefined };

/**
 * What an object holds, whatever its toJSON says. It is known by its prototypes. Throws what the object's own code
 * throws, and a TypeError if it is not what its prototypes say.
 */
export function contentOf(object: object): Content {
  if (isArray(object)) {
    const length = +object.length; // a Proxy of an array may say anything
    return { kind: "items", items: object, count: length > 0 ? length : 0 };
  }
  const nearest = getPrototypeOf(object);
  let ours = nearest === null; // and not of another realm, as node:vm makes them
  for (let prototype = nearest; prototype !== null; prototype = getPrototypeOf(prototype)) {
    const content = mapGet(kinds, prototype);
    if (content !== undefined) return content(object as never);
    if (prototype === objectPrototype) ours = true;
  }
  const foreign = ours ? undefined : mapGet(foreignKinds, classOf(object));
  if (foreign !== undefined) return foreign(object as never);
  const names = keys(object);
  if (names.length === 0 && nearest !== null && nearest !== objectPrototype) {
    const { [toStringTag]: tag } = object as { [toStringTag]?: unknown };
    const iterable = iterabilityOf(object);
    if (typeof tag === "string") return { kind: "hidden", tag, iterable };
    if (iterable !== undefined) return { kind: "hidden", tag: nameOf(nearest), iterable };
  }
  return { kind: "properties", names };
}

function iterabilityOf(object: object): "sync" | "async" | undefined {
  const { [iterator]: iterate, [asyncIterator]: iterateAsync } = object as {
    [iterator]?: unknown;
    [asyncIterator]?: unknown;
  };
  return typeof iterate === "function" ? "sync" : typeof iterateAsync === "function" ? "async" : undefined;
}

/** The name of a prototype's class. */
function nameOf(prototype: object): string {
  const name: unknown = prototype.constructor?.name;
  return typeof name === "string" && name !== "" ? name : "an iterable";
}

type Kind = (object: never) => Content;

/** The content of objects that have such a prototype; only those are given to it. */
const kinds = new Map<object, Kind>([
  [Map.prototype, entriesOf],
  [Set.prototype, membersOf],
  [typedArrayPrototype, itemsOf],
  [ArrayBuffer.prototype, bytesOf],
  [SharedArrayBuffer.prototype, bytesOf],
  [DataView.prototype, viewedOf],
  [Error.prototype, () => ({ kind: "properties", names: ["name", "message", "cause"] })],
  [Date.prototype, dateOf],
  [RegExp.prototype, (pattern: RegExp) => primitive(regExpToString(pattern))],
  [Number.prototype, (number: number) => primitive(+number)],
  [String.prototype, (text: string) => primitive(`${text}`)],
  [Boolean.prototype, (boolean: object) => primitive(booleanValueOf(boolean))],
  [Symbol.prototype, (symbol: object) => primitive(symbolValueOf(symbol))],
  [BigInt.prototype, (bigint: object) => primitive(bigintValueOf(bigint))],
]);

/** The same by the names of classes, for objects of another realm, which has prototypes of its own. */
const foreignKinds = new Map<string, Kind>();
kinds.forEach((kind, { constructor: { name } }) => mapSet(foreignKinds, name, kind));

/** What class an object seems to be of. One that only says so has content that cannot be read, which is the item's error. */
function classOf(object: object): string {
  return isError(object) ? "Error" : typedArrayName(object) !== undefined ? "TypedArray" : className(object);
}

/** `[object Date]` says `Date`. */
function className(object: object): string {
  return textSlice(objectToString(object), "[object ".length, -1);
}

function entriesOf(map: Map<unknown, unknown>): Content {
  const keys: unknown[] = [];
  const values: unknown[] = [];
  mapForEach(map, (value, key) => {
    push(keys, key);
    push(values, value);
  });
  return { kind: "entries", keys, values };
}

function membersOf(set: Set<unknown>): Content {
  const members: unknown[] = [];
  setForEach(set, (member) => push(members, member));
  return { kind: "members", members };
}

function itemsOf(array: Uint8Array): Content {
  return { kind: "items", items: array, count: typedArrayLength(array) };
}

function bytesOf(buffer: ArrayBufferLike): Content {
  return itemsOf(new Uint8Array(buffer));
}

function viewedOf(view: DataView): Content {
  return itemsOf(new Uint8Array(viewBuffer(view), viewByteOffset(view), viewByteLength(view)));
}

function dateOf(date: Date): Content {
  return primitive(isNaN(getTime(date)) ? null : toISOString(date));
}

function primitive(value: unknown): Content {
  return { kind: "primitive", value };
}

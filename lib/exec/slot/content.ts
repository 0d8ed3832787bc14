// The job may replace globals: what we use we keep.
const { apply } = Reflect;
const { getPrototypeOf, keys, prototype: objectPrototype } = Object;
const { isArray } = Array;
const { isNaN } = Number;
const { toStringTag, iterator } = Symbol;
const { get: getKind } = Map.prototype as Map<object, Kind>;
const { forEach: forEachEntry } = Map.prototype as Map<unknown, unknown>;
const { forEach: forEachMember } = Set.prototype as Set<unknown>;
const { getTime, toISOString } = Date.prototype;
const { toString: sourceOf } = RegExp.prototype;
const { valueOf: booleanOf } = Boolean.prototype;
const { valueOf: symbolOf } = Symbol.prototype;
const { valueOf: bigintOf } = BigInt.prototype;
const Bytes = Uint8Array;
const typedArrayPrototype: Uint8Array = getPrototypeOf(Uint8Array.prototype);
const lengthOf = getter(typedArrayPrototype, "length");
const bufferOf = getter(DataView.prototype, "buffer");
const byteOffsetOf = getter(DataView.prototype, "byteOffset");
const byteLengthOf = getter(DataView.prototype, "byteLength");

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
   * Out of sight: an object of a class that has a Symbol.toStringTag, without properties of its own, as all such objects
   * of the language and of the web are (Promise, iterators, WeakMap, Headers, Response).
   */
  | { readonly kind: "hidden"; readonly tag: string; readonly iterable: boolean };

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
  for (let prototype = nearest; prototype !== null; prototype = getPrototypeOf(prototype)) {
    const content = apply(getKind, kinds, [prototype]);
    if (content !== undefined) return content(object);
  }
  const names = keys(object);
  if (names.length === 0 && nearest !== null && nearest !== objectPrototype) {
    const { [toStringTag]: tag, [iterator]: iterate } = object as { [toStringTag]?: unknown; [iterator]?: unknown };
    if (typeof tag === "string") return { kind: "hidden", tag, iterable: typeof iterate === "function" };
  }
  return { kind: "properties", names };
}

type Kind<T = object> = (object: T) => Content;

/** The content of objects that have such a prototype. */
const kinds = new Map<object, Kind>();
addKind<Map<unknown, unknown>>(Map.prototype, (map) => {
  const keys: unknown[] = [];
  const values: unknown[] = [];
  apply(forEachEntry, map, [(value, key) => {
    keys[keys.length] = key;
    values[values.length] = value;
  }]);
  return { kind: "entries", keys, values };
});
addKind<Set<unknown>>(Set.prototype, (set) => {
  const members: unknown[] = [];
  apply(forEachMember, set, [(member) => members[members.length] = member]);
  return { kind: "members", members };
});
addKind(typedArrayPrototype, itemsOf);
addKind(ArrayBuffer.prototype, (buffer) => itemsOf(new Bytes(buffer)));
addKind(SharedArrayBuffer.prototype, (buffer) => itemsOf(new Bytes(buffer)));
addKind(DataView.prototype, (view) => {
  const buffer = apply(bufferOf, view, []);
  return itemsOf(new Bytes(buffer, apply(byteOffsetOf, view, []), apply(byteLengthOf, view, [])));
});
addKind(Error.prototype, () => ({ kind: "properties", names: ["name", "message", "cause"] }));
addKind(Date.prototype, (date) => {
  return { kind: "primitive", value: isNaN(apply(getTime, date, [])) ? null : apply(toISOString, date, []) };
});
addKind(RegExp.prototype, (pattern) => ({ kind: "primitive", value: apply(sourceOf, pattern, []) }));
addKind(Number.prototype, (number) => ({ kind: "primitive", value: +number }));
addKind(String.prototype, (text) => ({ kind: "primitive", value: `${text}` }));
addKind(Boolean.prototype, (boolean) => ({ kind: "primitive", value: apply(booleanOf, boolean, []) }));
addKind(Symbol.prototype, (symbol) => ({ kind: "primitive", value: apply(symbolOf, symbol, []) }));
addKind(BigInt.prototype, (bigint) => ({ kind: "primitive", value: apply(bigintOf, bigint, []) }));

function addKind<T extends object>(prototype: T, kind: Kind<T>): void {
  kinds.set(prototype, kind as Kind); // only objects that have the prototype are given to it
}

function itemsOf(array: Uint8Array): Content {
  return { kind: "items", items: array, count: apply(lengthOf, array, []) };
}

function getter<T, K extends keyof T & string>(prototype: T, name: K): (this: T) => T[K] {
  const get = Object.getOwnPropertyDescriptor(prototype, name)?.get;
  if (get === undefined) throw new TypeError(`${name} is not a getter`);
  return get;
}

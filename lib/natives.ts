/**
 * The built-ins that our code uses beside a job, captured before the job loads: a job may replace any of them, and its thread
 * must go on with right results. Code that runs in a slot uses these in its functions, and no method of a built-in,
 * `for...of`, spread, or destructuring of an array, which call what the job may have replaced; tests/lint/thread_side.ts
 * checks that. Everything has its name in the language; where two built-ins share one, the type stands before it: `mapGet`,
 * `textSlice`. A method takes its receiver as its first argument: `push(array, item)`.
 */
export const {
  AbortController,
  ArrayBuffer,
  BigInt,
  console,
  Deno, // undefined in Node
  DOMException,
  Error,
  Event,
  Int32Array,
  Map,
  MessageEvent,
  Number,
  Promise,
  SharedArrayBuffer,
  String,
  TextDecoder,
  Uint8Array,
  URL,
} = globalThis;

export const { isArray } = Array;
export const arrayFrom = Array.from.bind(Array) as <T>(items: Iterable<T>) => T[];
export const { compareExchange, load, or, store } = Atomics;
export const { parse, stringify } = JSON;
export const { ceil, imul, max, min } = Math;
export const { isNaN } = Number;

/** Node 20 has none; there its kind is what it says of itself. */
const isMadeByError = globalThis.Error.isError ?? ((value: unknown) => objectToString(value) === "[object Error]");

/** Whether a value is an error: by its class; or by its kind, as those are that node:vm makes in another realm. */
export function isError(value: unknown): value is Error {
  return value instanceof Error || isMadeByError(value);
}
export const {
  assign,
  defineProperties,
  defineProperty,
  getOwnPropertyDescriptor,
  getOwnPropertyDescriptors,
  getPrototypeOf,
  hasOwn,
  keys,
} = Object;
export const { apply } = Reflect;
export const { decodeURIComponent } = globalThis;
export const self = globalThis; // the name is missing in Node
export const iterator: typeof Symbol.iterator = Symbol.iterator;
export const asyncIterator: typeof Symbol.asyncIterator = Symbol.asyncIterator;
export const toStringTag: typeof Symbol.toStringTag = Symbol.toStringTag;

/** `console.error`, and nobody else's. */
export const printError = console.error;

/** Milliseconds since the thread's `timeOrigin`, and when that was. */
export const { timeOrigin } = performance;
export const now = performance.now.bind(performance);

/**
 * A global that Deno makes when it is first asked for. Timers and Buffer come with all of Node's bootstrap, which takes 4 ms
 * (Deno 2.9.6): a thread that needs none does not pay for them. The getter is Deno's own, whatever the job does to the global.
 */
function madeWhenAsked<H extends object, K extends keyof H>(holder: H, name: K): () => H[K] {
  const { get, value } = getOwnPropertyDescriptor(holder, name) ?? {};
  let made: H[K] | undefined = value;
  return () => made ??= apply(get as () => H[K], holder, []);
}

export const setTimeout = madeWhenAsked(globalThis, "setTimeout");
export const setImmediate = madeWhenAsked(globalThis, "setImmediate");
export const Buffer = madeWhenAsked(globalThis, "Buffer");

/** Sends signals to any process; what jobs find in its place spares ours. Not for Node, which has no Deno. */
export const kill = madeWhenAsked(Deno ?? {} as typeof Deno, "kill");

/** A signal that aborts after so many milliseconds; it needs nothing of Node. */
export const abortSignalTimeout = AbortSignal.timeout.bind(AbortSignal);

/** A promise and what settles it. */
export const withResolvers: <T>() => PromiseWithResolvers<T> = Promise.withResolvers?.bind(Promise) ?? ownResolvers;

/** For Node 20, which has none. */
function ownResolvers<T>(): PromiseWithResolvers<T> {
  let resolve!: PromiseWithResolvers<T>["resolve"];
  let reject!: PromiseWithResolvers<T>["reject"];
  const promise = new Promise<T>((one, other) => {
    resolve = one;
    reject = other;
  });
  return { promise, resolve, reject };
}

/** Encodes text as UTF-8. */
const encoder = new TextEncoder();
export const encode = encoder.encode.bind(encoder);
export const encodeInto = encoder.encodeInto.bind(encoder);

const promisePrototype = Promise.prototype;

/**
 * Whether a job's value is to be waited for. A promise of this thread is known by its kind, as `await` knows it: the job may have
 * taken `then` away. Looks at the `then` of other objects once; what that throws is the item's error.
 */
export function isPromise(value: unknown): value is PromiseLike<unknown> {
  if (typeof value !== "object" || value === null) return false;
  return getPrototypeOf(value) === promisePrototype || typeof (value as { then?: unknown }).then === "function";
}

/** What objects are made from. */
export const arrayPrototype = Array.prototype;
export const objectPrototype = Object.prototype;
export const datePrototype = Date.prototype;
export const dateToJSON = Date.prototype.toJSON;

/** A method as a function of its receiver and its arguments. */
export const uncurryThis = Function.prototype.bind.bind(Function.prototype.call) as <T, A extends unknown[], R>(
  method: (this: T, ...args: A) => R,
) => (receiver: T, ...args: A) => R;

/** A getter as a function of its receiver. */
export function getter<T extends object, K extends keyof T & string>(prototype: T, name: K): (receiver: T) => T[K] {
  const get = getOwnPropertyDescriptor(prototype, name)?.get;
  if (get === undefined) throw new TypeError(`${name} is not a getter`);
  return uncurryThis(get as (this: T) => T[K]);
}

/** A function whose `this` is given. */
export const bind = uncurryThis(Function.prototype.bind) as <F>(act: F, self: unknown) => F;

export const push = uncurryThis(Array.prototype.push) as <T>(array: T[], item: T) => number;
export const shift = uncurryThis(Array.prototype.shift) as <T>(array: T[]) => T | undefined;
export const sort = uncurryThis(Array.prototype.sort) as <T>(array: T[], compare: (a: T, b: T) => number) => T[];

export const charCodeAt = uncurryThis(String.prototype.charCodeAt);
export const textIndexOf = uncurryThis(String.prototype.indexOf) as (
  text: string,
  found: string,
  from?: number,
) => number;
export const textIncludes = uncurryThis(String.prototype.includes);
export const textStartsWith = uncurryThis(String.prototype.startsWith);
export const isWellFormed = uncurryThis(String.prototype.isWellFormed);
export const textSlice = uncurryThis(String.prototype.slice);
export const substring = uncurryThis(String.prototype.substring);

export const exec = uncurryThis(RegExp.prototype.exec);
export const regExpToString = uncurryThis(RegExp.prototype.toString);
export const functionToString = uncurryThis(Function.prototype.toString);
export const objectToString = uncurryThis<unknown, [], string>(Object.prototype.toString);
export const booleanValueOf = uncurryThis<object, [], boolean>(Boolean.prototype.valueOf);
export const symbolValueOf = uncurryThis<object, [], symbol>(Symbol.prototype.valueOf);
export const bigintValueOf = uncurryThis<object, [], bigint>(BigInt.prototype.valueOf);
export const getTime = uncurryThis(Date.prototype.getTime);
export const { now: dateNow, parse: parseDate } = Date;
export const toISOString = uncurryThis(Date.prototype.toISOString);

export const mapGet = uncurryThis(Map.prototype.get) as <K, V>(map: Map<K, V>, key: K) => V | undefined;
export const mapSet = uncurryThis(Map.prototype.set) as <K, V>(map: Map<K, V>, key: K, value: V) => Map<K, V>;
export const mapForEach = uncurryThis(Map.prototype.forEach) as <K, V>(
  map: Map<K, V>,
  act: (value: V, key: K) => void,
) => void;
export const setForEach = uncurryThis(Set.prototype.forEach) as <T>(set: Set<T>, act: (member: T) => void) => void;

/** The prototype that the prototypes of all typed arrays have. */
export const typedArrayPrototype: Uint8Array = getPrototypeOf(Uint8Array.prototype);
export const bytesSet = uncurryThis(Uint8Array.prototype.set);
export const bytesIndexOf = uncurryThis(Uint8Array.prototype.indexOf);
export const bytesSlice = uncurryThis(Uint8Array.prototype.slice);
export const subarray = uncurryThis(Uint8Array.prototype.subarray);
export const typedArrayLength = getter(typedArrayPrototype, "length");
/** A typed array's class by its kind, whatever its prototypes; undefined for all else. */
export const typedArrayName = getter(typedArrayPrototype, Symbol.toStringTag as never) as unknown as (
  value: unknown,
) => string | undefined;
export const viewBuffer = getter(DataView.prototype, "buffer");
export const viewByteOffset = getter(DataView.prototype, "byteOffset");
export const viewByteLength = getter(DataView.prototype, "byteLength");
export const decode = uncurryThis(TextDecoder.prototype.decode);

export const abort = uncurryThis(AbortController.prototype.abort);
export const controllerSignal = getter(AbortController.prototype, "signal");
export const signalAborted = getter(AbortSignal.prototype, "aborted");
export const signalReason = getter(AbortSignal.prototype, "reason");

export const listenTo = uncurryThis(EventTarget.prototype.addEventListener);
/** Unlike those of EventTarget, a signal's own methods know whether somebody waits, and keep the process alive while that is so. */
export const listenToSignal = uncurryThis(AbortSignal.prototype.addEventListener);
export const leaveSignal = uncurryThis(AbortSignal.prototype.removeEventListener);

/** A Map whose methods stay what they are, also where a job replaces those of `Map.prototype`. */
export class KeptMap<K, V> extends Map<K, V> {}

defineProperties(KeptMap.prototype, {
  get: { value: Map.prototype.get },
  set: { value: Map.prototype.set },
  delete: { value: Map.prototype.delete },
  forEach: { value: Map.prototype.forEach },
  size: getOwnPropertyDescriptor(Map.prototype, "size")!,
});

/** A list of one, which is iterated without the iterator of arrays. */
export function listOf<T>(item: T): Iterable<T> {
  let given = false;
  const next = () => {
    if (given) return { done: true, value: undefined } as const;
    given = true;
    return { done: false, value: item } as const;
  };
  return { [iterator]: () => ({ next }) };
}

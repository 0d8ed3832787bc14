import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import fc from "fast-check";
import { encodeJson, UnencodableError } from "../../../lib/exec/slot/encode_json.ts";

class Point {
  #hidden = 0;
  constructor(readonly x: number, readonly y: number) {}
  get sum() {
    return this.x + this.y + this.#hidden;
  }
}
class Pages {
  next() {
    return Promise.resolve({ done: true, value: undefined });
  }
  [Symbol.asyncIterator]() {
    return this;
  }
}
class Wrapped extends Map<string, number> {}
class Failure extends TypeError {
  override readonly name = "Failure";
  readonly code = 7;
}

/** An object whose property is what `get` returns. */
function withGetter(get: () => unknown, name = "a"): object {
  return Object.defineProperty({}, name, { get, enumerable: true });
}

function thrower(error: unknown): object {
  return {
    toJSON() {
      throw error;
    },
  };
}

const boomError = new Error("boom");
const throws = (): never => {
  throw boomError;
};
const endless = (): unknown => [endless()];
const selfish = {
  a: 1,
  toJSON() {
    return this;
  },
};
const bytes = [1, 2, 255];
const { buffer } = Uint8Array.from([9, ...bytes, 9]);
const shared = { a: 1 };

const encodable: readonly (readonly [name: string, value: unknown, text: string])[] = [
  ["undefined", undefined, "null"],
  ["null", null, "null"],
  ["booleans", [true, false], "[true,false]"],
  ["true", true, "true"],
  ["false", false, "false"],
  ["text", 'a"b\n\u2028\ud800', '"a\\"b\\n\u2028\\ud800"'],
  ["a number", -1.5e-9, "-1.5e-9"],
  ["minus zero", -0, "0"],
  ["no number", NaN, "null"],
  ["no numbers", [NaN, Infinity, -Infinity], "[null,null,null]"],
  ["infinity", -Infinity, "null"],
  ["undefined in places", { a: undefined, b: [undefined, 1] }, '{"b":[null,1]}'],
  // deno-lint-ignore no-sparse-arrays -- a hole is what is tested
  ["holes", [, 1, ,], "[null,1,null]"],
  ["no prototype", Object.assign(Object.create(null), { a: 1 }), '{"a":1}'],
  ["__proto__ as a name", JSON.parse('{"__proto__":{"a":[1]}}'), '{"__proto__":{"a":[1]}}'],
  ["symbols as keys", { [Symbol("key")]: 1, a: 2 }, '{"a":2}'],
  ["only symbols as keys", { [Symbol.toStringTag]: "tag" }, "{}"],
  ["a class", new Point(1, 2), '{"x":1,"y":2}'],
  ["a class without properties", new (class Empty {})(), "{}"],
  ["a getter", withGetter(() => 1), '{"a":1}'],
  ["a date", new Date(0), '"1970-01-01T00:00:00.000Z"'],
  ["an invalid date", { a: new Date(NaN) }, '{"a":null}'],
  ["a date from toJSON", { toJSON: () => new Date(0) }, '"1970-01-01T00:00:00.000Z"'],
  ["a URL", new URL("https://x.example/"), '"https://x.example/"'],
  ["toJSON", [{ toJSON: () => new Map([[1, 2]]) }], "[[[1,2]]]"],
  ["toJSON that is inherited", Object.create({ toJSON: () => 1 }), "1"],
  ["toJSON of an array", Object.assign([1], { toJSON: () => new Set([2]) }), "[2]"],
  ["toJSON of a function", Object.assign(() => {}, { toJSON: () => 3 }), "3"],
  ["toJSON of a date", { a: Object.assign(new Date(0), { toJSON: () => new Set([4]) }) }, '{"a":[4]}'],
  ["toJSON that is not enumerable", Object.defineProperty({}, "toJSON", { value: () => 5 }), "5"],
  ["toJSON that returns its object", selfish, '{"a":1}'],
  ["toJSON that is data", { toJSON: "text" }, '{"toJSON":"text"}'],
  ["toJSON that returns undefined", { toJSON: () => undefined }, "null"],
  ["a Map", new Map<unknown, unknown>([["a", 1], [{ b: 2 }, new Map()]]), '[["a",1],[{"b":2},[]]]'],
  ["a class of Maps", new Wrapped([["a", 1]]), '[["a",1]]'],
  ["a Set", new Set([1, "a", new Set([2])]), '[1,"a",[2]]'],
  ["floats", new Float64Array([1.5, NaN]), "[1.5,null]"],
  ["typed arrays", [new Uint8Array(buffer, 1, 3), new Int8Array(1), new Float32Array()], "[[1,2,255],[0],[]]"],
  ["a buffer", Uint8Array.from(bytes).buffer, "[1,2,255]"],
  ["a shared buffer", new SharedArrayBuffer(2), "[0,0]"],
  ["a view", new DataView(buffer, 1, 3), "[1,2,255]"],
  ["no BigInts", new BigInt64Array(), "[]"],
  ["an error", new RangeError("low"), '{"name":"RangeError","message":"low"}'],
  [
    "an error with a cause",
    new Error("a", { cause: new Set([new Error("b")]) }),
    '{"name":"Error","message":"a","cause":[{"name":"Error","message":"b"}]}',
  ],
  ["an error's class", new Failure("code"), '{"name":"Failure","message":"code"}'],
  ["a DOMException", new DOMException("uncaught", "AbortError"), '{"name":"AbortError","message":"uncaught"}'],
  ["patterns", [/a\/\n"/gi, new RegExp("\n")], '["/a\\\\/\\\\n\\"/gi","/\\\\n/"]'],
  ["boxed primitives", [Object(1), Object("a"), Object(false), Object(NaN)], '[1,"a",false,null]'],
  ["an object twice", [shared, new Set([shared]), shared], '[{"a":1},[{"a":1}],{"a":1}]'],
];

for (const [name, value, text] of encodable) {
  Deno.test(`encodeJson writes ${name}, alone and in others`, () => {
    assertEquals(encodeJson(value), text);
    const absent = value === undefined || name === "toJSON that returns undefined";
    assertEquals(encodeJson({ a: [value], b: value }), absent ? '{"a":[null]}' : `{"a":[${text}],"b":${text}}`);
    assertEquals(encodeJson(new Map([["k", [value]]])), `[["k",[${text}]]]`);
  });
}

const cyclic: Record<string, unknown> = { rows: [{}] };
cyclic.self = cyclic;
const knot = new Map<string, unknown>();
knot.set("a", [new Set([knot])]);
const failure = new Error("a");
failure.cause = { failure };
const noData = "which JSON cannot hold; return data only";
const noBigInt = "is a BigInt, which JSON cannot hold; convert it: Number(x) or String(x)";
const boom = "threw Error: boom when it was read; return plain data";

const unencodable: readonly (readonly [value: unknown, message: string])[] = [
  [() => {}, `result is a function, ${noData}`],
  [Symbol("a"), `result is a symbol, ${noData}`],
  [1n, `result ${noBigInt}`],
  [{ rows: [1, { onClick: throws }] }, `result.rows[1].onClick is a function, ${noData}`],
  [{ "odd key": { "": Symbol.iterator } }, `result["odd key"][""] is a symbol, ${noData}`],
  [{ "line\nbreak": 1n }, `result["line\\nbreak"] ${noBigInt}`],
  [{ $größe: { _1: 1n } }, `result.$größe._1 ${noBigInt}`],
  [{ ["x".repeat(100)]: 1n }, `result.${"x".repeat(60)}… ${noBigInt}`],
  [new BigUint64Array(2), `result[0] ${noBigInt}`],
  [[Object(1n)], `result[0] ${noBigInt}`],
  [[Object(Symbol())], `result[0] is a symbol, ${noData}`],
  [new Map([["k", throws]]), `result.get("k") is a function, ${noData}`],
  [new Map([[7, [1n]]]), `result.get(7)[0] ${noBigInt}`],
  [new Map<unknown, unknown>([[0, 0], [{}, throws]]), `result.values()[1] is a function, ${noData}`],
  [{ m: new Map([[throws, 0]]) }, `result.m.keys()[0] is a function, ${noData}`],
  [[new Set([0, { f: throws }])], `result[0].values()[1].f is a function, ${noData}`],
  [cyclic, "result.self is a cycle back to result; return ids in place of references"],
  [{ a: cyclic }, "result.a.self is a cycle back to result.a; return ids in place of references"],
  [knot, 'result.get("a")[0].values()[0] is a cycle back to result; return ids in place of references'],
  [failure, "result.cause.failure is a cycle back to result; return ids in place of references"],
  [{ body: Promise.resolve() }, "result.body is of type Promise, whose content JSON cannot see; await it"],
  [
    [1].values(),
    "result is of type Array Iterator, whose content JSON cannot see; spread it: [...x], or yield its values from a generator job: yield* x",
  ],
  [
    new ReadableStream(),
    "result is of type ReadableStream, whose content JSON cannot see; collect it: await Array.fromAsync(x), or yield its values from a generator job: yield* x",
  ],
  [
    { pages: new Pages() },
    "result.pages is of type Pages, whose content JSON cannot see; collect it: await Array.fromAsync(x), or yield its values from a generator job: yield* x",
  ],
  [
    new Headers({ a: "b" }),
    "result is of type Headers, whose content JSON cannot see; spread it: [...x], or yield its values from a generator job: yield* x",
  ],
  [new Response(), "result is of type Response, whose content JSON cannot see; return its content as plain data"],
  [[withGetter(throws)], `result[0].a ${boom}`],
  [{ when: { toJSON: throws } }, `result.when ${boom}`],
  [{ when: { toJSON: () => 1n } }, `result.when ${noBigInt}`],
  [{ a: new Proxy({}, { ownKeys: throws }) }, `result.a ${boom}`],
  [{ a: new Proxy({ b: 1 }, { get: throws }) }, `result.a ${boom}`],
  [[new Proxy([], { getPrototypeOf: throws, get: throws })], `result[0] ${boom}`],
  [{ a: Object.create(Map.prototype) }, "threw TypeError: "],
  [thrower(Object.create(null)), "result threw "],
  [thrower(withGetter(throws, "name")), "result threw something that cannot be shown when it was read"],
  [{ toJSON: endless }, "result threw RangeError: Maximum call stack size exceeded when it was read"],
  [thrower(null), "result threw null when it was read"],
];

for (const [value, message] of unencodable) {
  Deno.test(`encodeJson refuses: ${message.replaceAll("x".repeat(60), "xx")}`, () => {
    const error = assertThrows(() => encodeJson(value), UnencodableError, message);
    assertEquals(error.name, "UnencodableError");
  });
}

Deno.test("encodeJson refuses a Proxy that is revoked", () => {
  for (const target of [{}, []]) {
    const { proxy, revoke } = Proxy.revocable(target, {});
    revoke();
    assertThrows(() => encodeJson({ a: proxy }), UnencodableError, "result.a threw TypeError: ");
  }
});

Deno.test("encodeJson: a Proxy of plain data is plain data, and lies about an array's length harm nobody", () => {
  assertEquals(encodeJson({ a: new Proxy({ b: [1] }, {}), c: new Proxy([2], {}) }), '{"a":{"b":[1]},"c":[2]}');
  for (const length of [NaN, -1, "x"]) assertEquals(encodeJson(new Proxy([], { get: () => length })), "[]");
  assertThrows(() => encodeJson(new Proxy([], { get: () => Infinity })), UnencodableError, "return less");
});

Deno.test("encodeJson: BigInts are written by BigInt.prototype.toJSON if a job defines it", () => {
  Object.defineProperty(BigInt.prototype, "toJSON", {
    value(this: bigint) {
      return `${this}n`;
    },
    configurable: true,
  });
  try {
    assertEquals(encodeJson(1n), '"1n"');
    assertEquals(encodeJson({ a: [2n], b: new BigInt64Array(1) }), '{"a":["2n"],"b":["0n"]}');
  } finally {
    Reflect.deleteProperty(BigInt.prototype, "toJSON");
  }
});

Deno.test("encodeJson: what a job adds to Object.prototype is not data, and does not change how data is copied", () => {
  const added = Object.prototype as { extra?: unknown };
  added.extra = throws;
  Object.defineProperty(Object.prototype, "a", { get: throws, set: throws, configurable: true });
  try {
    assertEquals(encodeJson(JSON.parse('{"a":[{}]}')), '{"a":[{}]}');
    assertEquals(encodeJson(JSON.parse('{"b":{"a":1},"a":2}')), '{"b":{"a":1},"a":2}');
  } finally {
    delete added.extra;
    Reflect.deleteProperty(Object.prototype, "a");
  }
});

Deno.test("encodeJson: toJSON is told its key as by JSON.stringify", () => {
  const keys: string[] = [];
  const spy = { toJSON: (key: string) => keys.push(key) };
  encodeJson([spy]);
  encodeJson({ a: spy });
  encodeJson(spy);
  assertEquals(keys, ["0", "a", ""]);
});

/** Also a Map, so that the value is not left to JSON.stringify. */
const viaCopy = (value: unknown) => encodeJson([value, new Map()]);

Deno.test("encodeJson: a JSON value is written as by JSON.stringify, also through a copy", () => {
  fc.assert(
    fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
      assertEquals(encodeJson(value), JSON.stringify(value));
      assertEquals(viaCopy(value), JSON.stringify([value, []]));
    }),
    { numRuns: 1_000 },
  );
});

Deno.test("encodeJson: what JSON.stringify does not lose is written as by JSON.stringify, also through a copy", () => {
  const values = fc.anything({ withDate: true, withBoxedValues: true, withNullPrototype: true, withSparseArray: true });
  fc.assert(
    fc.property(values, (value) => {
      assertEquals(encodeJson(value), JSON.stringify(value) ?? "null");
      assertEquals(viaCopy(value), JSON.stringify([value, []]));
    }),
    { numRuns: 1_000 },
  );
});

Deno.test("encodeJson: anything gives one line of JSON or an UnencodableError that names a path", () => {
  const all = {
    withBigInt: true,
    withBoxedValues: true,
    withDate: true,
    withMap: true,
    withNullPrototype: true,
    withObjectString: true,
    withSet: true,
    withSparseArray: true,
    withTypedArray: true,
  };
  const odd = fc.constantFrom<unknown>(throws, Symbol("a"), /a/g, new Error("a"), new Point(1, 2), Promise.resolve());
  let written = 0;
  let refused = 0;
  fc.assert(
    fc.property(fc.anything({ ...all, values: [fc.anything(all), odd] }), (value) => {
      try {
        const text = encodeJson(value);
        JSON.parse(text);
        assert(!/[\r\n]/.test(text));
        written++;
      } catch (error) {
        assert(error instanceof UnencodableError, `${error}`);
        assert(error.message.startsWith("result"));
        refused++;
      }
    }),
    { numRuns: 2_000 },
  );
  assert(written > 100 && refused > 100, `${written} written, ${refused} refused`);
});

/** `levels` objects, one in another. */
function nested(levels: number, innermost: unknown): unknown {
  let value = innermost;
  for (let level = 0; level < levels; level++) value = { next: value };
  return value;
}

Deno.test("encodeJson: 1,000 levels are written, plain or not; 200,000 are refused", () => {
  assertEquals(encodeJson(nested(1_000, 1)), `${'{"next":'.repeat(1_000)}1${"}".repeat(1_000)}`);
  assertEquals(encodeJson(nested(1_000, new Set([1]))), `${'{"next":'.repeat(1_000)}[1]${"}".repeat(1_000)}`);
  for (const innermost of [1, new Set(), 1n]) {
    const { message } = assertThrows(() => encodeJson(nested(200_000, innermost)), UnencodableError);
    assertStringIncludes(message, `result${".next".repeat(8)} … ${".next".repeat(8)} is nested `);
  }
});

Deno.test("encodeJson: toJSON without end, and objects that a getter makes without end, are refused", () => {
  class Endless {
    get next() {
      return new Endless();
    }
    toJSON() {
      return { next: this.next };
    }
  }
  assertThrows(() => encodeJson(new Endless()), UnencodableError, "levels deep, more than can be followed");
});

Deno.test("encodeJson: a text that would be too long is refused before it is made", () => {
  const row = Array(1_000).fill("x".repeat(1_000));
  let doubled: unknown = new Set([1]);
  for (let i = 0; i < 60; i++) doubled = [doubled, doubled];
  for (
    const value of [Array(1_000).fill(row), new Array(2 ** 31), doubled, {
      a: Array(1_000).fill({ [row.join("")]: 1 }),
    }]
  ) {
    assertThrows(() => encodeJson(value), UnencodableError, "result is longer as JSON than a text can be");
  }
});

Deno.test("encodeJson: a job that replaces every global harms neither texts nor messages", () => {
  const written = () =>
    [
      1,
      "a\n",
      { a: [1, { b: new Point(1, 2) }] },
      new Map<unknown, unknown>([["k", new Set([[1]])], [{}, true]]),
      [
        Object.setPrototypeOf(new Date(0), Point.prototype),
        new Uint8Array(2),
        new Uint8Array(1).buffer,
        new DataView(new ArrayBuffer(1)),
      ],
      new TypeError("bad", { cause: 1 }),
    ] as const;
  const refused =
    () => [1n, { "odd key": throws }, cyclic, knot, [[].values()], { toJSON: throws }, nested(200_000, 1n)];
  const values = [...written(), ...refused()];
  const attempt = (value: unknown) => {
    try {
      return encodeJson(value);
    } catch (error) {
      return error instanceof UnencodableError ? error.message : "another error";
    }
  };
  const before = values.map(attempt);
  const after: string[] = Array(values.length).fill("");
  const restore = replaceGlobals();
  try {
    for (let i = 0; i < values.length; i++) after[i] = attempt(values[i]);
  } finally {
    restore();
  }
  assertEquals(after.slice(0, -1), before.slice(0, -1));
  assertStringIncludes(after[after.length - 1], "levels deep"); // how deep is for the stack to say
});

/** Replaces the language's globals, and every method and getter of theirs that can be replaced, by what throws. */
function replaceGlobals(): () => void {
  const { defineProperty } = Object;
  const replaced = (): never => {
    throw new Error("a replaced global was used");
  };
  const typedArray = Object.getPrototypeOf(Uint8Array);
  const iterators = [[].values(), new Map().values(), new Set().values(), "".matchAll(/a/g), ""[Symbol.iterator]()];
  const constructors = [
    ...[Object, Array, Map, Set, WeakMap, WeakSet, Date, RegExp, Number, String, Boolean, Symbol, BigInt, Function],
    ...[Error, TypeError, RangeError, ArrayBuffer, SharedArrayBuffer, DataView, Uint8Array, typedArray],
  ];
  const owners: object[] = [Reflect, JSON, Math];
  for (const constructor of constructors) owners.push(constructor, constructor.prototype);
  for (const iterator of iterators) owners.push(Object.getPrototypeOf(iterator));
  const saved: [object, PropertyKey, PropertyDescriptor][] = [];
  for (const owner of owners) {
    for (const key of Reflect.ownKeys(owner)) {
      const descriptor = Object.getOwnPropertyDescriptor(owner, key);
      if (!descriptor?.configurable || key === "constructor") continue;
      if (typeof descriptor.value === "function" || descriptor.get) saved.push([owner, key, descriptor]);
    }
  }
  const names = ["Object", "Array", "Map", "Set", "Date", "Reflect", "JSON", "Error", "RegExp", "Number", "String"];
  for (const name of [...names, "Symbol", "Uint8Array", "isNaN", "structuredClone"]) {
    saved.push([globalThis, name, Object.getOwnPropertyDescriptor(globalThis, name)!]);
  }
  for (let i = 0; i < saved.length; i++) {
    const { get, enumerable } = saved[i][2];
    const by = get ? { get: replaced } : { value: replaced, writable: true };
    defineProperty(saved[i][0], saved[i][1], { ...by, enumerable, configurable: true });
  }
  return () => {
    for (let i = saved.length - 1; i >= 0; i--) defineProperty(saved[i][0], saved[i][1], saved[i][2]);
  };
}

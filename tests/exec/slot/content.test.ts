import { assertEquals, assertThrows } from "@std/assert";
import { runInNewContext } from "node:vm";
import { contentOf } from "../../../lib/exec/slot/content.ts";
import { encodeJson } from "../../../lib/exec/slot/encode_json.ts";

/** Code that makes a value, and how it is written. */
const made: readonly (readonly [code: string, text: string])[] = [
  ['new Map([["a", 1]])', '[["a",1]]'],
  ["new Set([1, 2])", "[1,2]"],
  ["Uint8Array.of(1, 255)", "[1,255]"],
  ["new Float64Array(1)", "[0]"],
  ["Uint8Array.of(7, 8).buffer", "[7,8]"],
  ["new DataView(Uint8Array.of(7, 8, 9).buffer, 1)", "[8,9]"],
  ['new RangeError("bad")', '{"name":"RangeError","message":"bad"}'],
  ["new Date(0)", '"1970-01-01T00:00:00.000Z"'],
  ["/a/g", '"/a/g"'],
  ["new Number(1)", "1"],
  ['new String("a")', '"a"'],
  ["new Boolean(false)", "false"],
  ["Object(1n)", ""],
  ["[1, [2]]", "[1,[2]]"],
  ['({ a: { b: "c" } })', '{"a":{"b":"c"}}'],
  ["new (class Own { a = 1 })()", '{"a":1}'],
];

Deno.test("contentOf: objects of another realm, as node:vm makes them, are written like our own", () => {
  for (const [code, text] of made) {
    const [own, foreign] = [(0, eval)(code), runInNewContext(code)] as object[];
    for (const value of [own, foreign]) {
      if (text === "") assertThrows(() => encodeJson(value), Error, "is a BigInt");
      else assertEquals(encodeJson([value]), `[${text}]`, code);
    }
  }
});

Deno.test("contentOf: one of our realm that only calls itself a Map is what it holds", () => {
  class Own {
    a = 1;
    get [Symbol.toStringTag]() {
      return "Map";
    }
  }
  assertEquals(contentOf(new Own()), { kind: "properties", names: ["a"] });
  assertEquals(encodeJson(new Own()), '{"a":1}');
});

Deno.test("contentOf: an object that hides what it holds says its tag, or its class, and how it can be iterated", () => {
  class Pages {
    [Symbol.iterator]() {
      return [1][Symbol.iterator]();
    }
  }
  class Later {
    async *[Symbol.asyncIterator]() {
      yield await 1;
    }
  }
  const nameless = Object.create({ constructor: undefined, [Symbol.iterator]: () => [][Symbol.iterator]() });
  const hidden = (tag: string, iterable: "sync" | "async" | undefined) => ({ kind: "hidden", tag, iterable });
  assertEquals(contentOf(Promise.resolve()), hidden("Promise", undefined) as never);
  assertEquals(contentOf(new Headers()), hidden("Headers", "sync") as never);
  assertEquals(contentOf(new Pages()), hidden("Pages", "sync") as never);
  assertEquals(contentOf(new Later()), hidden("Later", "async") as never);
  assertEquals(contentOf(nameless), hidden("an iterable", "sync") as never);
  assertEquals(contentOf(new (class Empty {})()), { kind: "properties", names: [] });
  assertEquals(contentOf(Object.create(null)), { kind: "properties", names: [] });
});

Deno.test("encodeJson: what a Map or a Set holds is told its key, or its place", () => {
  const told = { toJSON: (key: string) => `at ${key}` };
  assertEquals(encodeJson(new Map<unknown, unknown>([["k", told], [7, told]])), '[["k","at k"],[7,"at 7"]]');
  assertEquals(encodeJson(new Map([[told, told]])), '[["at 0","at 0"]]');
  assertEquals(encodeJson([1, new Set([1, told])]), '[1,[1,"at 1"]]');
});

import { assertEquals, assertMatch } from "@std/assert";
import { ownItems } from "../lib/plain_items.ts";

Deno.test("ownItems: arrays, other iterables, or no items", () => {
  assertEquals(ownItems({ items: [1, { a: 2 }] }), { kind: "items", json: '[1,{"a":2}]' });
  assertEquals(ownItems({ items: new Set(["a"]) }), { kind: "items", json: '["a"]' });
  assertEquals(ownItems({}), { kind: "items", json: undefined });
});

Deno.test("ownItems: refuses what is not a list or not plain data", () => {
  const found = (items: unknown) => {
    const own = ownItems({ items });
    return own.kind === "refused" ? own.found : "";
  };
  assertMatch(found(3), /its export "items" is not an array/);
  assertMatch(found([1n]), /its export "items" is not JSON: .*BigInt/);
});

class Point {
  x = 1;
}
const itself: unknown[] = [];
itself.push({ itself });

/** What JSON would make something else of, silently, and how it is named. */
const unlike: readonly (readonly [items: unknown, found: string])[] = [
  [[1, NaN], "items[1] is NaN"],
  [[{ a: [Infinity] }], "items[0].a[0] is Infinity"],
  [[undefined], "items[0] is undefined"],
  [new Array(1), "items[0] is undefined"],
  [[{ "odd key": () => 1 }], 'items[0]["odd key"] is a function'],
  [[Symbol()], "items[0] is a symbol"],
  [[{ a: new Map([[1, 2]]) }], "items[0].a is a Map"],
  [[new Set([1])], "items[0] is a Set"],
  [[new RangeError("x")], "items[0] is a RangeError"],
  [[new Error("x")], "items[0] is an Error"],
  [[new Date(0)], "items[0] is a Date"],
  [[/a/], "items[0] is a RegExp"],
  [[Uint8Array.of(1)], "items[0] is a Uint8Array"],
  [[new Point()], "items[0] is a Point"],
  [[Promise.resolve(1)], "items[0] is a Promise"],
  [new Set([1, -Infinity]), "items[1] is -Infinity"],
  [[{ toJSON: () => 1 }], "items[0].toJSON is a function"],
  [itself, "items holds itself, or is more than 1000 levels deep"],
];

for (const [items, found] of unlike) {
  Deno.test(`ownItems: refused with its place: ${found}`, () => {
    const message = `its export "items" is not JSON: ${found}; give plain data`;
    assertEquals(ownItems({ items }), { kind: "refused", found: message });
  });
}

Deno.test("ownItems: what a job has added to Object.prototype is not the items'", () => {
  Object.defineProperty(Object.prototype, "added", { value: () => 1, enumerable: true, configurable: true });
  try {
    assertEquals(ownItems({ items: [{ a: 1 }] }), { kind: "items", json: '[{"a":1}]' });
  } finally {
    delete (Object.prototype as { added?: unknown }).added;
  }
});

Deno.test("ownItems: all that JSON gives back as it is", () => {
  const items = [
    null,
    true,
    -1.5e300,
    "\ud800",
    [],
    {},
    { a: undefined, b: [{}] },
    Object.assign(Object.create(null), { c: 1 }),
  ];
  const json = '[null,true,-1.5e+300,"\\ud800",[],{},{"b":[{}]},{"c":1}]';
  assertEquals(ownItems({ items }), { kind: "items", json });
});

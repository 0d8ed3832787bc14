import { assertEquals, assertMatch } from "@std/assert";
import { ownItems } from "../../lib/jobs/own_items.ts";

const run = () => {};

Deno.test("ownItems: arrays, other iterables, or no items", () => {
  assertEquals(ownItems({ run, items: [1, { a: 2 }] }), { kind: "items", json: '[1,{"a":2}]' });
  assertEquals(ownItems({ run, items: new Set(["a"]) }), { kind: "items", json: '["a"]' });
  assertEquals(ownItems({ run }), { kind: "items", json: undefined });
});

Deno.test("ownItems: refuses what is not a list or not plain data", () => {
  const found = (items: unknown) => {
    const own = ownItems({ run, items });
    return own.kind === "refused" ? own.found : "";
  };
  assertMatch(found(3), /its export "items" is not an array/);
  assertMatch(found([1n]), /its export "items" is not JSON: .*BigInt/);
});

import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { countedItems } from "../../../lib/cli/compare/counted_items.ts";

const decoder = new TextDecoder();

Deno.test("counted items: each keeps its number while others are made, in whatever order they are asked for", () => {
  const place = fc.oneof(fc.nat(20), fc.nat(Number.MAX_SAFE_INTEGER));
  fc.assert(fc.property(fc.array(place, { minLength: 1, maxLength: 40 }), (places) => {
    const items = countedItems(Number.MAX_SAFE_INTEGER + 1);
    const made = places.map((place) => items.at(place));
    assertEquals(made.map((bytes) => decoder.decode(bytes)), places.map(String));
  }));
});

Deno.test("counted items: each keeps its number, also where many buffers are needed", () => {
  const items = countedItems(50_000);
  const made = Array.from({ length: 50_000 }, (_, place) => items.at(place));
  assertEquals(made.map((bytes) => Number(decoder.decode(bytes))), made.map((_, place) => place));
  const buffers = new Set(made.map((bytes) => bytes?.buffer));
  assertEquals(buffers.size < 10, true, `${buffers.size} buffers`); // one for each item would cost it 4 us
});

Deno.test("counted items: there are so many, and none behind the last", () => {
  const items = countedItems(3);
  assertEquals([items.length, decoder.decode(items.at(2)), items.at(3), items.at(4)], [3, "2", undefined, undefined]);
  assertEquals(countedItems(0).at(0), undefined);
});

import { assert, assertEquals, assertThrows } from "@std/assert";
import { corners } from "../../lib/bench/corners.ts";
import { drawOrder, drawPlaces, ItemsOnce, sameItems, sliceAt } from "../../lib/bench/run_items.ts";

const items = Array.from({ length: 10 }, (_, i) => Uint8Array.of(i));
const [serial, , threads] = corners(2, 4);
const valuesOf = ({ bytes }: { readonly bytes: readonly Uint8Array[] }) => bytes.map(([value]) => value);

Deno.test("drawPlaces: ascending, different for another seed, all of them if all are wanted", () => {
  const drawn = drawPlaces(4, 1000, 1);
  assertEquals(drawn, drawn.toSorted((a, b) => a - b));
  assertEquals(drawPlaces(4, 1000, 1), drawn);
  assert(drawPlaces(4, 1000, 2).join() !== drawn.join());
  assertEquals(drawPlaces(3, 3, 7), [0, 1, 2]);
});

Deno.test("drawOrder: every place once", () => {
  assertEquals(drawOrder(100, 3).toSorted((a, b) => a - b), Array.from({ length: 100 }, (_, i) => i));
});

Deno.test("sliceAt: passes repeat the items, and indexOf maps each place to its item", () => {
  const slice = sliceAt(items, [2, 5], 3);
  assertEquals(valuesOf(slice), [2, 5, 2, 5, 2, 5]);
  assertEquals([slice.indexOf(0), slice.indexOf(3), slice.indexOf(4)], [2, 5, 2]);
});

Deno.test("sameItems: each run has the same items, and the first few warm it up", () => {
  const itemsFor = sameItems(items, [1, 3, 5], 2, ({ threads }) => threads);
  assertEquals(valuesOf(itemsFor(threads).warmup), [1, 3]);
  assertEquals(valuesOf(itemsFor(serial).warmup), [1]);
  assertEquals(valuesOf(itemsFor(serial).measured), [1, 3, 5, 1, 3, 5]);
});

Deno.test("ItemsOnce: no item comes twice, and items are used from the first on", () => {
  const once = new ItemsOnce(items, 2, 2, ({ threads }) => threads);
  const [a, b] = [once.next(serial), once.next(threads)];
  assertEquals([a.warmup, a.measured, b.warmup, b.measured].flatMap(valuesOf), [2, 3, 4, 5, 6, 7, 8]);
  assertEquals([once.used, b.measured.indexOf(1)], [9, 8]);
  assertThrows(() => once.next(serial), RangeError, "10 items, 12 wanted");
});

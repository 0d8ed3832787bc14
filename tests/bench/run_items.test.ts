import { assert, assertEquals, assertThrows } from "@std/assert";
import { corners } from "../../lib/bench/corners.ts";
import {
  drawPlaces,
  inOrder,
  inRandomOrder,
  type ItemList,
  ItemsOnce,
  sameItems,
  sliceAt,
} from "../../lib/bench/run_items.ts";

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

/** More items than fit into memory; knows which were asked for. */
function endless(): { readonly list: ItemList; readonly asked: number[] } {
  const asked: number[] = [];
  return { list: { length: 2 ** 53 - 1, at: (place) => (asked.push(place), Uint8Array.of(place % 256)) }, asked };
}

Deno.test("inRandomOrder: every place once, in another order for another seed", () => {
  const orderOf = (seed: number) => {
    const order = inRandomOrder(Array.from({ length: 100 }, (_, i) => Uint8Array.of(i)), seed);
    return [3, 0, 50, 100].flatMap((count) => valuesOf(order.next(count)));
  };
  assertEquals(orderOf(3).toSorted((a, b) => a - b), Array.from({ length: 100 }, (_, i) => i));
  assertEquals(orderOf(3), orderOf(3));
  assert(orderOf(3).join() !== orderOf(4).join());
});

Deno.test("inRandomOrder: each order of four is as frequent as the others", () => {
  const seen = new Map<string, number>();
  for (let seed = 0; seed < 24_000; seed++) {
    const order = valuesOf(inRandomOrder(items.slice(0, 4), seed).next(4)).join("");
    seen.set(order, (seen.get(order) ?? 0) + 1);
  }
  assertEquals(seen.size, 24);
  for (const count of seen.values()) assert(count > 800 && count < 1200, `${count} of 1000`);
});

Deno.test("inOrder: the first items, one after the other, with their indices", () => {
  const order = inOrder(items, 5);
  const [first, second, third] = [order.next(2), order.next(9), order.next(1)];
  assertEquals([first, second, third].map(valuesOf), [[0, 1], [2, 3, 4], []]);
  assertEquals([order.length, second.indexOf(1)], [5, 3]);
});

Deno.test("items that are made on demand are never all asked for", () => {
  const { list, asked } = endless();
  const random = inRandomOrder(list, 1).next(3);
  const places = drawPlaces(4, list.length, 1);
  sameItems(list, places, 2, () => 1)(serial);
  inOrder(list).next(2);
  new ItemsOnce(list, 1e12, 2, () => 1).next(serial);
  const once = [1e12, 1e12 + 1, 1e12 + 2];
  assertEquals(asked, [0, 1, 2].map(random.indexOf).concat(places, [0, 1], once));
});

Deno.test("sliceAt: passes repeat the items, and indexOf maps each place to its item", () => {
  const slice = sliceAt(items, [2, 5], 3);
  assertEquals(valuesOf(slice), [2, 5, 2, 5, 2, 5]);
  assertEquals([slice.indexOf(0), slice.indexOf(3), slice.indexOf(4)], [2, 5, 2]);
});

Deno.test("sliceAt: a list that has no item at a place is an error", () => {
  assertThrows(() => sliceAt({ length: 3, at: () => undefined }, [2]), RangeError, "3 items, none at 2");
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

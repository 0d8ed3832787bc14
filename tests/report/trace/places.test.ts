import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { Places } from "../../../lib/report/trace/places.ts";

/** Spans that take at least so long. */
const spansOf = (min: number) =>
  fc.array(
    fc.tuple(fc.nat(60), fc.integer({ min, max: 20 })).map(([start, length]) => ({ start, end: start + length })),
    { maxLength: 80 },
  );

/** Whether one begins before the other ends. */
function overlap(a: { start: number; end: number }, b: { start: number; end: number }): boolean {
  return a.start < b.end && b.start < a.end;
}

Deno.test("places: no two spans in one place overlap, in whatever order they come", () => {
  fc.assert(fc.property(spansOf(0), (spans) => {
    const places = new Places();
    const placed = spans.map((span) => ({ ...span, place: places.take(span.start, span.end) }));
    for (const [i, a] of placed.entries()) {
      for (const b of placed.slice(0, i)) assert(a.place !== b.place || !overlap(a, b), JSON.stringify([a, b]));
    }
  }));
});

Deno.test("places: as many as overlap at once, if the spans come in the order of their ends", () => {
  fc.assert(fc.property(spansOf(1), (spans) => {
    const places = new Places();
    const ordered = spans.toSorted((a, b) => a.end - b.end);
    const used = new Set(ordered.map(({ start, end }) => places.take(start, end)));
    const most = Math.max(
      0,
      ...spans.map(({ start }) => spans.filter((b) => b.start <= start && start < b.end).length),
    );
    assertEquals([...used].toSorted((a, b) => a - b), Array.from({ length: most }, (_, i) => i));
  }));
});

Deno.test("places: a long span that ends late still finds the place that it left", () => {
  const places = new Places();
  const taken = [[0, 1], [0, 3], [3, 5], [1, 10]].map(([start, end]) => places.take(start, end));
  assertEquals(taken, [0, 1, 1, 0]);
});

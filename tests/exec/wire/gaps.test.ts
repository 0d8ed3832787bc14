import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { Gaps } from "../../../lib/exec/wire/gaps.ts";
import { RangeSet } from "../../../lib/exec/schedule/range_set.ts";

Deno.test("gaps: an item's number among all is that of a simple filter, alone and in ranges", () => {
  const skipped = fc.array(fc.tuple(fc.nat(60), fc.nat(9)), { maxLength: 8 });
  fc.assert(fc.property(skipped, fc.nat(40), fc.nat(40), (ranges, first, count) => {
    const set = new RangeSet();
    for (const [first, length] of ranges) set.add(first, first + length);
    const gaps = new Gaps(set.ranges);
    const kept = Array.from({ length: 200 }, (_, ordinal) => ordinal).filter((ordinal) => !set.has(ordinal));
    const wanted = kept.slice(first, first + count);
    assertEquals(wanted.map((_, i) => gaps.ordinalOf(first + i)), wanted);
    const found = gaps.ordinalsOf({ first, end: first + count });
    assertEquals(found.flatMap(({ first, end }) => Array.from({ length: end - first }, (_, i) => first + i)), wanted);
  }));
});

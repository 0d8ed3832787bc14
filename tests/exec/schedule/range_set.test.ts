import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { type Range, RangeSet } from "../../../lib/exec/schedule/range_set.ts";

/** Small numbers, so that ranges often overlap and touch; also empty ranges, and ranges that end before they begin. */
const number = fc.nat(40);
const range = fc.tuple(number, fc.integer({ min: -1, max: 12 })).map(([first, length]) =>
  [first, first + length] as const
);

/** What is done to a set, and to a model of it. */
const change = fc.oneof(
  { weight: 8, arbitrary: fc.record({ kind: fc.constant("add" as const), range }) },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant("remove" as const), range }) },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant("takeLowest" as const),
      max: fc.oneof(fc.nat(8), fc.constant(Infinity)),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("clear" as const) }) },
);
type Change = typeof change extends fc.Arbitrary<infer C> ? C : never;

const changes = fc.array(change, { maxLength: 30 });
const often = { numRuns: 1_000 };

function numbers(first: number, end: number): number[] {
  return Array.from({ length: Math.max(0, end - first) }, (_, i) => first + i);
}

function members(ranges: readonly Range[]): number[] {
  return ranges.flatMap(({ first, end }) => numbers(first, end));
}

/** The ranges are ascending, not empty, and neither overlap nor touch. */
function isCanonical(ranges: readonly Range[]): boolean {
  return ranges.every(({ first, end }, i) => first < end && (i === 0 || ranges[i - 1].end < first));
}

/** The lowest members of the model that are consecutive, at most `max`. */
function lowest(model: ReadonlySet<number>, max: number): number[] {
  const first = Math.min(...model);
  let end = first;
  while (model.has(end) && end - first < max) end++;
  return numbers(first, end);
}

/** A set and its model after the same changes; what the changes return is compared on the way. */
function build(changes: readonly Change[]) {
  const set = new RangeSet();
  const model = new Set<number>();
  for (const one of changes) {
    switch (one.kind) {
      case "add":
        set.add(...one.range);
        for (const item of numbers(...one.range)) model.add(item);
        break;
      case "remove": {
        const removed = numbers(...one.range).filter((item) => model.delete(item));
        assertEquals(set.remove(...one.range), removed.length);
        break;
      }
      case "takeLowest": {
        const expected = lowest(model, one.max);
        const taken = set.takeLowest(one.max);
        assertEquals(taken && members([taken]), expected.length > 0 ? expected : undefined);
        for (const item of expected) model.delete(item);
        break;
      }
      case "clear":
        set.clear();
        model.clear();
        break;
      default:
        one satisfies never;
    }
    assert(isCanonical(set.ranges), JSON.stringify(set.ranges));
  }
  return { set, model: [...model].sort((a, b) => a - b) };
}

Deno.test("RangeSet: behaves like a set, and has as few ranges as possible", () => {
  fc.assert(
    fc.property(changes, (made) => {
      const { set, model } = build(made);
      assertEquals(members(set.ranges), model);
      assertEquals([set.size, set.lowest], [model.length, model.at(0)]);
    }),
    often,
  );
});

Deno.test("RangeSet: has() is true for its numbers and for no others", () => {
  fc.assert(
    fc.property(changes, (made) => {
      const { set, model } = build(made);
      assertEquals(numbers(-1, 60).filter((item) => set.has(item)), model);
    }),
    often,
  );
});

Deno.test("RangeSet: highest() returns as many numbers as asked for, in few ranges, and keeps them in the set", () => {
  fc.assert(
    fc.property(changes, fc.nat(50), (made, count) => {
      const { set, model } = build(made);
      const highest = set.highest(count);
      assertEquals(members(highest), count === 0 ? [] : model.slice(-count));
      assert(isCanonical(highest));
      assertEquals(members(set.ranges), model);
    }),
    often,
  );
});

Deno.test("RangeSet: later changes do not affect ranges that it has returned", () => {
  fc.assert(
    fc.property(changes, range, (made, [first, end]) => {
      const { set, model } = build(made);
      const [highest, all] = [set.highest(Infinity), [...set.ranges]];
      set.remove(first, end);
      set.takeLowest(3);
      set.add(first, end);
      assertEquals([members(highest), members(all)], [model, model]);
    }),
    often,
  );
});

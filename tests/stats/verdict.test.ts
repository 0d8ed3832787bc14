import { assertEquals } from "@std/assert";
import fc from "fast-check";
import type { Interval } from "../../lib/stats/interval.ts";
import {
  type ComparisonVerdict,
  comparisonVerdict,
  controlFailed,
  difference,
  margin,
  type Unclear,
} from "../../lib/stats/verdict.ts";

const calm = { controlFailed: false, contended: false };

Deno.test("difference: an interval must lie entirely beyond the margin or inside it to show anything", () => {
  const cases: [number, number, string | undefined][] = [
    [1.021, 1.3, "faster"],
    [1.02, 1.3, undefined],
    [0.99, 1.01, "same"],
    [1.01, 1.02, "same"], // not 1.00, but nobody would notice
    [1 / 1.02, 1.02, "same"],
    [0.97, 1.01, undefined],
    [0.9, 1.1, undefined],
    [0.5, 0.98, "slower"],
    [0.5, 0.99, undefined],
  ];
  assertEquals(cases.map(([low, high]) => difference(interval(low, high))), cases.map(([, , word]) => word));
});

Deno.test("difference: a margin of another width", () => {
  const words = (low: number, high: number, within: number) => difference(interval(low, high), within);
  assertEquals([words(0.93, 0.97, 1.02), words(0.93, 0.97, 1.05), words(0.93, 0.95, 1.05)], [
    "slower",
    undefined,
    "slower",
  ]);
  assertEquals([words(0.96, 1.04, 1.05), words(0.96, 1.04, 1.02), words(1.001, 1.002, 1)], [
    "same",
    undefined,
    "faster",
  ]);
  const slower = { interval: interval(0.93, 0.97) };
  assertEquals(comparisonVerdict(slower, calm, 1.05), unclear({ kind: "no-difference" }));
  assertEquals([
    controlFailed(slower, 1.05),
    controlFailed(slower, 1.02),
    controlFailed({ interval: interval(1.005, 1.01) }, 1),
  ], [
    false,
    true,
    false,
  ]);
});

Deno.test("comparisonVerdict: says why it is unclear", () => {
  const faster = { interval: interval(1.5, 1.6) };
  assertEquals(comparisonVerdict(faster, calm), { word: "faster" });
  assertEquals(comparisonVerdict(faster, { ...calm, controlFailed: true }), unclear({ kind: "control-failed" }));
  assertEquals(comparisonVerdict(faster, { ...calm, contended: true }), unclear({ kind: "contended" }));
  assertEquals(comparisonVerdict({ interval: interval(1, 1.6) }, calm), unclear({ kind: "no-difference" }));
  const few = { interval: { kind: "too few", found: 4, needed: 6 } } as const;
  assertEquals(comparisonVerdict(few, calm), unclear({ kind: "too-few-rounds", rounds: 4, needed: 6 }));
});

Deno.test("controlFailed: only by a difference beyond the margin", () => {
  assertEquals([[1.001, 1.01], [0.9, 1.1], [1.03, 1.1], [0.9, 0.95]].map(([l, h]) => control(l, h)), [
    false,
    false,
    true,
    true,
  ]);
});

Deno.test("difference: swapped sides give the opposite word", () => {
  const opposite = { faster: "slower", slower: "faster", same: "same" } as const;
  const end = fc.double({ min: 0.9, max: 1.1, noNaN: true });
  fc.assert(fc.property(end, end, (a, b) => {
    const [low, high] = [Math.min(a, b), Math.max(a, b)];
    fc.pre([low, high].every((x) => Math.abs(Math.abs(Math.log(x)) - Math.log(margin)) > 1e-12));
    const word = difference(interval(low, high));
    assertEquals(difference(interval(1 / high, 1 / low)), word && opposite[word]);
  }));
});

function control(low: number, high: number): boolean {
  return controlFailed({ interval: interval(low, high) });
}

function interval(low: number, high: number): Interval {
  return { kind: "interval", low, high, level: 0.95 };
}

function unclear(why: Unclear): ComparisonVerdict {
  return { word: "unclear", why };
}

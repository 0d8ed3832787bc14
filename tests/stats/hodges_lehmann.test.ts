import { assertAlmostEquals, assertEquals } from "@std/assert";
import fc from "fast-check";
import { exactInterval, interpolatedInterval, pseudomedian, walshAverages } from "../../lib/stats/hodges_lehmann.ts";
import { signedRankP } from "../../lib/stats/signed_rank.ts";
import { darwin, depression } from "./published.ts";

const values = fc.array(fc.double({ min: -10, max: 10, noNaN: true }), { minLength: 6, maxLength: 25 });

Deno.test("Hodges-Lehmann: the published estimate and interval of the depression data", () => {
  const walsh = walshAverages(depression);
  assertAlmostEquals(pseudomedian(walsh), -0.46, 1e-12);
  const interval = exactInterval(walsh, 0.95);
  // R: wilcox.test(conf.int = TRUE): -0.786 -0.010; Hollander and Wolfe: the level is 0.961
  assertEquals(rounded(interval), { kind: "interval", low: -0.786, high: -0.01, level: 0.961 });
});

Deno.test("Hodges-Lehmann: Darwin's maize, ends counted by hand among the Walsh averages", () => {
  const walsh = walshAverages(darwin);
  assertEquals(pseudomedian(walsh), 25); // 25 eighths of an inch
  assertEquals(rounded(exactInterval(walsh, 0.95)), {
    kind: "interval",
    low: walsh[25],
    high: walsh[94],
    level: 0.952,
  });
});

Deno.test("exactInterval: five values have no 95 % interval, six have their whole range", () => {
  assertEquals(exactInterval(walshAverages([1, 2, 3, 4, 5]), 0.95), { kind: "too few", found: 5, needed: 6 });
  assertEquals(interpolatedInterval(walshAverages([]), 0.95), { kind: "too few", found: 0, needed: 6 });
  assertEquals(exactInterval(walshAverages([1, 2, 3]), 0.9973), { kind: "too few", found: 3, needed: 10 });
  const six = exactInterval(walshAverages([1, 2, 4, 8, 16, 32]), 0.95);
  assertEquals(six, { kind: "interval", low: 1, high: 32, level: 1 - 2 / 64 });
});

Deno.test("interpolatedInterval: lies between the exact interval and the next narrower one", () => {
  const interval = interpolatedInterval(walshAverages([1, 2, 4, 8, 16, 32]), 0.95);
  // a miss of 3.125 % at the ends, 6.25 % one average further in: 0.6 of the way to (1 + 2) / 2 and (16 + 32) / 2
  assertEquals(rounded(interval), { kind: "interval", low: 1.3, high: 27.2, level: 0.95 });
});

Deno.test("exactInterval: covers exactly the centres that the test does not reject", () => {
  const distinct = fc.uniqueArray(fc.integer({ min: -1000, max: 1000 }), { minLength: 6, maxLength: 20 });
  fc.assert(fc.property(distinct, fc.integer({ min: -1000, max: 1000 }), (sample, whole) => {
    const centre = whole + 0.125; // no two values have the same distance from it
    const interval = exactInterval(walshAverages(sample), 0.95);
    if (interval.kind !== "interval") throw new Error("too few");
    const p = signedRankP(sample.map((value) => value - centre));
    assertEquals(centre > interval.low && centre < interval.high, p > 1 - interval.level + 1e-12);
  }));
});

Deno.test("Hodges-Lehmann: shifts, scales and changes sign with the values, whatever their order", () => {
  fc.assert(
    fc.property(values, fc.integer({ min: -5, max: 5 }), fc.constantFrom(-2, 0.5, 4), (sample, shift, scale) => {
      const before = of(sample);
      const after = of(sample.toReversed().map((value) => value * scale + shift));
      const ends = [before.low, before.high].map((end) => end * scale + shift);
      assertAlmostEquals(after.centre, before.centre * scale + shift, 1e-9);
      assertAlmostEquals(after.low, Math.min(...ends), 1e-9);
      assertAlmostEquals(after.high, Math.max(...ends), 1e-9);
    }),
  );
});

function of(sample: readonly number[]) {
  const walsh = walshAverages(sample);
  const interval = interpolatedInterval(walsh, 0.95);
  if (interval.kind !== "interval") throw new Error("too few");
  return { centre: pseudomedian(walsh), ...interval };
}

/** To three decimals, as the sources print them. */
function rounded(interval: object): object {
  return JSON.parse(JSON.stringify(interval, (_, value) => typeof value === "number" ? +value.toFixed(3) : value));
}

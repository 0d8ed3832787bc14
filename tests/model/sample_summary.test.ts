import { assert, assertEquals } from "@std/assert";
import { sampleStandardDeviation } from "simple-statistics";
import { centreOf, summaryOf } from "../../lib/model/sample_summary.ts";

Deno.test("summaryOf: mean, deviation, median and range", () => {
  const values = [4, 1, 7, 2, 9];
  const { stddev, ...rest } = summaryOf(values);
  assertEquals(rest, { mean: 4.6, median: 4, min: 1, max: 9 });
  assert(Math.abs(stddev! - sampleStandardDeviation(values)) < 1e-12);
  assertEquals(summaryOf([3]), { mean: 3, stddev: null, median: 3, min: 3, max: 3 });
});

Deno.test("centreOf: an estimate with an interval around it, from 6 values on", () => {
  const { value, interval } = centreOf([1, 2, 3, 4, 5, 100]);
  assert(value > 3 && value < 4.1, String(value)); // one outlier moves it little
  assert(interval && interval[0] <= value && value <= interval[1]);
  assertEquals(centreOf([1, 2, 3, 4, 5]), { value: 3, interval: null });
});

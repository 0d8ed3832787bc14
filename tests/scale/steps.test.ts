import { assertEquals } from "@std/assert";
import type { ScaleStep } from "../../lib/model/scale.ts";
import { planSteps, rungsUpTo } from "../../lib/scale/steps.ts";

/** A step in a word: `100promise`, `<=1000thread`. */
const word = (step: ScaleStep) => step.kind === "thread" ? `<=${step.upTo}thread` : `${step.alive}${step.kind}`;
const words = (...args: Parameters<typeof planSteps>) => planSteps(...args).map(word).join(" ");

Deno.test("rungs: powers of ten from 100 on, and the highest", () => {
  assertEquals(rungsUpTo(1e6), [1e2, 1e3, 1e4, 1e5, 1e6]);
  assertEquals(rungsUpTo(2500), [100, 1000, 2500]);
  assertEquals([rungsUpTo(100), rungsUpTo(5)], [[100], [5]]);
});

Deno.test("steps: what takes longer comes later; threads climb once; fetch ends at 10,000", () => {
  assertEquals(
    words(["thread", "fetch", "promise"], 1e5),
    "100promise 100fetch 1000promise 1000fetch 10000promise 10000fetch <=100000thread 100000promise",
  );
  assertEquals(words(["thread"], 7), "<=7thread");
  assertEquals(words(["thread", "timer"], 7), "7timer <=7thread");
  assertEquals(words(["generator", "generator"], 100), "100generator");
});

import { assertEquals, assertThrows } from "@std/assert";
import { checkCount, checkTimeout } from "../../lib/exec/run_job.ts";

/** What is said; undefined if nothing is wrong. */
function said(check: () => void): string | undefined {
  try {
    check();
  } catch {
    return assertThrows(check, RangeError).message;
  }
}

Deno.test("checkCount: whole numbers in a range, both ends included; the message names the range", () => {
  const of = (value: number, max?: number) => said(() => checkCount("tasks", value, 2, max));
  assertEquals([2, 5].map((value) => of(value, 5)), [undefined, undefined]);
  assertEquals(of(1, 5), "tasks is 1, expected a whole number from 2 to 5");
  assertEquals(of(6, 5), "tasks is 6, expected a whole number from 2 to 5");
  assertEquals(of(1), "tasks is 1, expected a whole number from 2 on");
  assertEquals(of(Number.MAX_SAFE_INTEGER), undefined);
  assertEquals(said(() => checkCount("tasks", 0)), "tasks is 0, expected a whole number from 1 on");
});

Deno.test("checkTimeout: none, or what a word of shared memory holds", () => {
  for (const fine of [undefined, 1, 2 ** 31 - 1]) checkTimeout(fine);
  const expected = "expected a whole number from 1 to 2147483647";
  assertEquals([0, 2 ** 31].map((ms) => said(() => checkTimeout(ms))), [
    `timeoutMs is 0, ${expected}`,
    `timeoutMs is 2147483648, ${expected}`,
  ]);
});

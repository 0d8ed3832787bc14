import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { breakEven } from "../../lib/bench/break_even.ts";

const input = {
  waitingMs: 0.3,
  blockingMs: 0,
  tasks: { threads: 1, tasks: 64 },
  threads: { threads: 2, tasks: 1 },
  usableCores: 2,
  ownCost: { overheadUs: 0, threadsOverheadUs: 0 },
};

Deno.test("breakEven: 2 threads share the computing as soon as it is longer than the waiting", () => {
  assertAlmostEquals(breakEven(input) ?? NaN, 0.3, 1e-4);
});

Deno.test("breakEven: with N threads, computing must be longer than waiting / (N - 1)", () => {
  const four = { ...input, threads: { threads: 4, tasks: 1 }, usableCores: 4 };
  assertAlmostEquals(breakEven(four) ?? NaN, 0.1, 1e-4);
});

Deno.test("breakEven: if nothing waits, our own cost decides", () => {
  const ownCost = { overheadUs: 1, threadsOverheadUs: 3 };
  assertAlmostEquals(breakEven({ ...input, waitingMs: 0, ownCost }) ?? NaN, 0.004, 1e-5); // c + 1 = c / 2 + 3
  const high = { overheadUs: 1_000, threadsOverheadUs: 3_000 };
  assertAlmostEquals(breakEven({ ...input, waitingMs: 0, ownCost: high }) ?? NaN, 4, 1e-4);
  assertEquals(breakEven({ ...input, waitingMs: 0, ownCost: { overheadUs: 2, threadsOverheadUs: 1 } }), 0);
});

Deno.test("breakEven: threads that share one core never win; few tasks lose sooner", () => {
  assertEquals(breakEven({ ...input, usableCores: 1 }), null);
  assertEquals(breakEven({ ...input, tasks: { threads: 1, tasks: 1 } }), 0);
  assert((breakEven({ ...input, tasks: { threads: 1, tasks: 2 } }) ?? NaN) < 0.3 + 1e-3);
});

Deno.test("breakEven: blocking the thread is not waiting, so tasks cannot overlap it", () => {
  assertEquals(breakEven({ ...input, blockingMs: 5 }), 0);
  assertAlmostEquals(breakEven({ ...input, blockingMs: 0.1 }) ?? NaN, 0.2, 1e-4);
});

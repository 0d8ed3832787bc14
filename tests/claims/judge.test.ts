import { assertEquals } from "@std/assert";
import { judge } from "../../lib/claims/claim.ts";
import { claims } from "../../lib/claims/mod.ts";
import { tasksNoParallelism } from "../../lib/claims/tasks_no_parallelism.ts";
import { threadsParallel } from "../../lib/claims/threads_parallel.ts";
import type { Comparison } from "../../lib/model.ts";

function effect(lowest: number, highest: number, rounds = 7): Comparison {
  return {
    experiment: "cpu",
    baseline: "serial",
    mode: "threads",
    ratio: (lowest + highest) / 2,
    lowest,
    highest,
    rounds,
  };
}

Deno.test("judge: a claim holds or fails only if every round says so", () => {
  assertEquals(judge(threadsParallel, effect(1.6, 1.9), 2).word, "holds");
  assertEquals(judge(threadsParallel, effect(0.9, 1.1), 2).word, "fails");
  assertEquals(judge(threadsParallel, effect(1.1, 1.9), 2).word, "unclear");
  assertEquals(judge(tasksNoParallelism, effect(0.9, 1.1), 2).word, "holds");
  assertEquals(judge(tasksNoParallelism, effect(1.5, 1.9), 2).word, "fails");
});

Deno.test("judge: too few rounds are unclear, too few cores are skipped", () => {
  assertEquals(judge(threadsParallel, effect(1.6, 1.9, 5), 2).word, "unclear");
  assertEquals(judge(threadsParallel, effect(1.6, 1.9), 1).word, "skipped");
});

Deno.test("claims: ids are unique", () => {
  assertEquals(new Set(claims.map(({ id }) => id)).size, claims.length);
});

import { assert, assertEquals, assertRejects } from "@std/assert";
import { concurrencyInsideATask } from "../../lib/claims/concurrency_inside_a_task.ts";
import { measureWaits } from "../../lib/claims/joined_waits.ts";
import { judge } from "../../lib/claims/judge.ts";
import type { Pairs } from "../../lib/claims/pairs.ts";
import { place, quickLab } from "./lab.ts";

function verdictOf(found: Pairs): string | undefined {
  const finding = concurrencyInsideATask.judge(found, place);
  return judge([{ claim: concurrencyInsideATask, finding, loads: [] }], [], place)[0]?.verdict;
}

Deno.test("concurrency-inside-a-task: at the borders of the judge", () => {
  const pairs = (tasks: number, threads: number): Pairs => ({
    tasksMs: Array.from({ length: 12 }, (_, i) => tasks + i / 1e6),
    threadsMs: Array(12).fill(threads),
  });
  const verdicts = [pairs(10, 30), pairs(10, 15.01), pairs(10, 14.99), pairs(30, 30)].map(verdictOf);
  assertEquals(verdicts, ["holds", "holds", "fails", "fails"]);
});

Deno.test("concurrency-inside-a-task: really measured, a thread waits three times, and a round has both sides", async () => {
  const { tasksMs, threadsMs } = await measureWaits(quickLab({ budgetMs: 250 }));
  assertEquals([tasksMs.length, threadsMs.length], [12, 12]);
  assert(tasksMs.every((ms) => ms >= 3) && threadsMs.every((ms) => ms >= 9), `${tasksMs} ${threadsMs}`);
});

Deno.test("concurrency-inside-a-task: waits one after the other turn the verdict", async () => {
  const found = await measureWaits(quickLab({ budgetMs: 250 }), async (times, clock) => {
    for (const ms of times) await clock.wait(ms).done;
  });
  assert(verdictOf(found) !== "holds", JSON.stringify(found));
});

Deno.test("concurrency-inside-a-task: stopped, it ends", async () => {
  const step = () => Promise.reject(new Error("enough"));
  await assertRejects(() => measureWaits(quickLab({ step })), Error, "enough");
});

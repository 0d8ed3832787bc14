import { assert, assertEquals } from "@std/assert";
import { measureStarts, threadsCostToStart } from "../../lib/claims/threads_cost_to_start.ts";
import { quickLab } from "./lab.ts";
import { verdictOn } from "./verdict_on.ts";

Deno.test("threads-cost-to-start: every round starts and ends both, and the threads take longer", async () => {
  const pairs = await measureStarts(quickLab());
  assertEquals([pairs.tasksMs.length, pairs.threadsMs.length], [12, 12]);
  assert(pairs.tasksMs.every((ms, round) => ms > 0 && ms < pairs.threadsMs[round]));
  assertEquals(verdictOn(threadsCostToStart, pairs), "holds");
});

Deno.test("threads-cost-to-start: a task that costs as much as a thread turns the verdict", async () => {
  let ms = 0;
  const clock = { ...quickLab().clock, now: () => ms };
  const wait = () => Promise.resolve(void (ms += 1));
  const pairs = await measureStarts(quickLab({ clock }), { task: wait, thread: wait });
  assertEquals(verdictOn(threadsCostToStart, pairs), "fails");
});

Deno.test("threads-cost-to-start: at ten times it is decided", () => {
  const rounds = (threads: number) => ({ tasksMs: Array(12).fill(1), threadsMs: Array(12).fill(threads) });
  assertEquals([9.9, 10, 10.1].map((threads) => verdictOn(threadsCostToStart, rounds(threads))), [
    "fails",
    "unclear",
    "holds",
  ]);
});

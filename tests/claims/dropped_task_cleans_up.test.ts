import { assert, assertEquals } from "@std/assert";
import { type CleaningFound, measureCleaning } from "../../lib/claims/cleaning.ts";
import { judgeCleaning } from "../../lib/claims/dropped_task_cleans_up.ts";
import { readingTask, waitingTask } from "../../lib/claims/thread/cleanups.ts";
import { pushTo, quickLab } from "./lab.ts";

const all: CleaningFound = {
  afterBreak: { all: 100, ran: 100 },
  afterAbort: { all: 100, ran: 100 },
  afterTerminate: { all: 400, ran: 0 },
  threads: 2,
  abandoned: { all: 100, wentOn: 100 },
};

Deno.test("dropped-task-cleans-up: holds if all finally blocks of tasks ran, whatever those of threads did", () => {
  const holds = (found: Partial<CleaningFound>) => judgeCleaning({ ...all, ...found }).test;
  assertEquals(holds({}), { kind: "counted", holds: true });
  assertEquals(holds({ afterBreak: { all: 100, ran: 99 } }), { kind: "counted", holds: false });
  assertEquals(holds({ afterAbort: { all: 100, ran: 99 } }), { kind: "counted", holds: false });
  assertEquals(holds({ afterTerminate: { all: 400, ran: 400 } }), { kind: "counted", holds: true });
  const { evidence } = judgeCleaning(all);
  assertEquals([evidence.tasks?.value, evidence.tasks?.of, evidence.threads?.value], [200, 200, 0]);
});

Deno.test("dropped-task-cleans-up: measured, tasks clean up, terminated threads do not, abandoned tasks go on", async () => {
  assertEquals(await measureCleaning(quickLab({ budgetMs: 1 })), all);
  assertEquals((await measureCleaning(quickLab({ budgetMs: 1e6 }))).threads, 10);
});

Deno.test("dropped-task-cleans-up: a source without its cleaning up turns the verdict", async () => {
  const source = (): AsyncIterable<number> => ({
    [Symbol.asyncIterator]: () => ({ next: () => Promise.resolve({ done: false, value: 3 }) }),
  });
  const found = await measureCleaning(quickLab({ budgetMs: 1 }), {
    reading: (signal, cleanup) => readingTask(signal, cleanup, source),
    waiting: waitingTask,
  });
  assertEquals([found.afterBreak.ran, found.afterAbort.ran], [0, 100]);
  assertEquals(judgeCleaning(found).test, { kind: "counted", holds: false });
});

Deno.test("dropped-task-cleans-up: tasks that do not notice an abort turn the verdict", async () => {
  const found = await measureCleaning(quickLab({ budgetMs: 1 }), {
    reading: readingTask,
    waiting: () => new Promise<void>(() => {}),
  });
  assertEquals([found.afterBreak.ran, found.afterAbort.ran], [100, 0]);
  assertEquals(judgeCleaning(found).test, { kind: "counted", holds: false });
});

Deno.test("dropped-task-cleans-up: its steps go up to 1", async () => {
  const shares: number[] = [];
  await measureCleaning(quickLab({ budgetMs: 1, step: pushTo(shares) }));
  assert(shares.every((share, i) => i === 0 || share > shares[i - 1]));
  assertEquals([shares[0], shares.at(-1)], [0, 1]);
});

import { assert, assertEquals } from "@std/assert";
import { type CancellingFound, measureCancelling } from "../../lib/claims/cancelling.ts";
import { judgeCancelling } from "../../lib/claims/threads_cannot_be_cancelled.ts";
import { waitingTask } from "../../lib/claims/thread/cleanups.ts";
import { pushTo, quickLab } from "./lab.ts";

const ranOn = { beforeCores: 1, afterCores: 1, afterMs: 20, windowMs: 20, returnedMs: 0.01, flagMs: 0.1 };
const stopped = { ...ranOn, afterCores: 0.01, afterMs: 0.2, flagMs: null };

/** What is found if so many of 10 threads run on, and so many of 1,000 tasks end. */
function found(ranOnCount: number, ended = 1000): CancellingFound {
  const threads = Array.from({ length: 10 }, (_, i) => i < ranOnCount ? ranOn : stopped);
  return { tasks: { all: 1000, ended, ms: 1 }, threads, blocked: { all: 10, wentOn: 10 }, killMs: 3 };
}

/** Our waiting task, as an experiment takes it. */
const task = (signal: AbortSignal) => waitingTask(signal, () => {});

Deno.test("threads-cannot-be-cancelled: holds if 90 % of the threads run on, and all tasks end", () => {
  const verdicts = [found(10), found(9), found(8), found(0), found(10, 999)].map((one) => judgeCancelling(one).test);
  assertEquals(verdicts, [true, true, false, false, false].map((holds) => ({ kind: "counted", holds })));
});

Deno.test("threads-cannot-be-cancelled: the evidence has only numbers that were measured", () => {
  for (const count of [0, 9]) {
    const { evidence: { says, quantities } } = judgeCancelling(found(count));
    assert(Object.values(quantities).every(({ value }) => Number.isFinite(value)));
    assert([...says.matchAll(/\{(\w+)\}/g)].every(([, name]) => name in quantities), says);
    assertEquals(quantities.stopped, { value: 10 - count, unit: "count", interval: null, of: 10 });
  }
});

Deno.test("threads-cannot-be-cancelled: measured, aborted tasks end and terminated threads run on", async () => {
  const shares: number[] = [];
  const found = await measureCancelling(quickLab({ budgetMs: 1, step: pushTo(shares) }));
  assertEquals([found.tasks.ended, found.threads.length, found.blocked.all], [1000, 3, 3]);
  assert(found.threads.every(({ windowMs, returnedMs }) => windowMs >= 19 && returnedMs >= 0));
  assert(found.killMs > 0);
  assertEquals(judgeCancelling(found).test, { kind: "counted", holds: true });
  assertEquals([shares[0], shares.at(-1), shares.length], [0, 1, 8]);
  assert(shares.every((share, i) => i === 0 || share >= shares[i - 1]));
});

Deno.test("threads-cannot-be-cancelled: threads that really stop turn the verdict", async () => {
  const found = await measureCancelling(quickLab({ budgetMs: 1 }), { task, stop: "flag" });
  assertEquals(found.threads.map(({ flagMs }) => flagMs), [null, null, null]);
  assertEquals(judgeCancelling(found).test, { kind: "counted", holds: false });
});

Deno.test("threads-cannot-be-cancelled: tasks that do not notice an abort turn the verdict", async () => {
  const deaf = () => new Promise<void>(() => {});
  const found = await measureCancelling(quickLab({ budgetMs: 1 }), { task: deaf, stop: "terminate" });
  assertEquals([found.tasks.ended, judgeCancelling(found).test], [0, { kind: "counted", holds: false }]);
});

Deno.test("threads-cannot-be-cancelled: an abort ends the child, and the measurement with its reason", async () => {
  const stop = new AbortController();
  const reason = new Error("enough");
  const step = (share: number) => Promise.resolve(share > 0 ? stop.abort(reason) : undefined);
  const run = measureCancelling(quickLab({ budgetMs: 1, signal: stop.signal, step }));
  assertEquals(await run.catch((error: unknown) => error), reason);
});

Deno.test("threads-cannot-be-cancelled: a child that cannot be started is an error that says why", async () => {
  const start = { program: "/no/such/program", args: [] };
  const run = measureCancelling(quickLab({ budgetMs: 1 }), { task, stop: "terminate", start });
  const error = await run.catch((error: unknown) => error);
  assert(error instanceof Error && /No such file/.test(error.message), String(error));
});

import { assert, assertEquals, assertRejects } from "@std/assert";
import { judgeTraces } from "../../lib/claims/async_harder_to_debug.ts";
import { judge } from "../../lib/claims/judge.ts";
import { type CallForm, calling } from "../../lib/claims/thread/stack_frames.ts";
import { threadsSimpler } from "../../lib/claims/threads_simpler.ts";
import { measureTraces, traceForms, type TracesFound } from "../../lib/claims/traces.ts";
import { place, quickLab } from "./lab.ts";

const complete: TracesFound = {
  length: 5,
  called: 5,
  tasks: { awaited: 5, together: 5, streamed: 5, returned: 5, then: 5 },
  inThread: 5,
  asking: 0,
};

Deno.test("async-harder-to-debug: holds if one form of tasks loses names that plain calls keep", () => {
  assertEquals(judgeTraces(complete).test, { kind: "counted", holds: false });
  for (const form of ["awaited", "together", "streamed", "returned", "then"]) {
    const { test, evidence } = judgeTraces({ ...complete, tasks: { ...complete.tasks, [form]: 4 } });
    assertEquals([test, evidence.tasks?.value], [{ kind: "counted", holds: true }, 4]);
  }
  const { test } = judgeTraces({ ...complete, called: 4, tasks: { ...complete.tasks, then: 4 } });
  assertEquals(test, { kind: "counted", holds: false });
});

Deno.test("async-harder-to-debug: measured, await keeps all names, and a thread none of those that asked it", async () => {
  const found = await measureTraces(quickLab());
  assertEquals(found, { ...complete, tasks: { ...complete.tasks, returned: 1, then: 1 } });
  assertEquals(judgeTraces(found).test, { kind: "counted", holds: true });
});

Deno.test("async-harder-to-debug: forms that all await turn the verdict", async () => {
  const { awaited } = traceForms.tasks;
  const tasks = { ...traceForms.tasks, returned: awaited, then: awaited };
  const found = await measureTraces(quickLab(), { called: calling, tasks });
  assertEquals(judgeTraces(found).test, { kind: "counted", holds: false });
});

Deno.test("async-harder-to-debug: plain calls whose frames are dropped turn the verdict, and are not measured if all are", async () => {
  const dropping = (kept: number): CallForm => (next) => () => {
    try {
      return next();
    } catch (error) {
      if (error instanceof Error) error.stack = error.stack?.split("\n").slice(0, 1 + kept).join("\n");
      throw error;
    }
  };
  const found = await measureTraces(quickLab(), { ...traceForms, called: dropping(1) });
  assertEquals([found.called, judgeTraces(found).test], [1, { kind: "counted", holds: false }]);
  const none = measureTraces(quickLab(), { ...traceForms, called: dropping(0) });
  await assertRejects(() => none, Error, "no names of functions");
});

Deno.test("threads-simpler: is skipped as what no program can measure, with evidence that says so", async () => {
  const finding = threadsSimpler.judge(await threadsSimpler.experiment.measure(quickLab()), place);
  const [verdict] = judge([{ claim: threadsSimpler, finding, loads: [] }], [], place);
  assertEquals(verdict, { verdict: "skipped", reason: { kind: "not-measurable" } });
  assert(finding.evidence.says.length > 0);
});

import { assertEquals } from "@std/assert";
import type { Plan } from "../../../lib/model/plan.ts";
import { planOf } from "../../../lib/report/schema/plan.ts";

const plan: Plan = {
  plan: 1,
  job: "job.js",
  jobSha256: "ab",
  cpu: "a processor",
  cores: 1,
  threads: 1,
  tasks: 1,
  reason: { work: null, ratio: 2, interval: [1.9, 2.1], wider: null },
};

Deno.test("planOf: a plan is what it was saved as, also with fields of a later version", () => {
  assertEquals(planOf(plan), plan);
  const later = { ...plan, since: "0.2.0" };
  assertEquals(planOf(later), later);
});

Deno.test("planOf: undefined for what is not a plan, for another form of it, and for counts below 1", () => {
  const wrong: readonly unknown[] = [null, "plan", {}, { ...plan, plan: 2 }, { ...plan, job: undefined }];
  assertEquals(wrong.filter((value) => planOf(value) !== undefined), []);
  for (const count of ["cores", "threads", "tasks"]) {
    for (const value of [0, 1.5, "2", null]) assertEquals(planOf({ ...plan, [count]: value }), undefined, count);
  }
});

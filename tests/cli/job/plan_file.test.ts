import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { parsePlan, planChanges, planJson } from "../../../lib/cli/job/plan_file.ts";
import type { Plan } from "../../../lib/model/plan.ts";
import { run, testEach } from "../programs.ts";

const plan: Plan = {
  plan: 1,
  job: "job.js",
  jobSha256: "abc",
  cpu: "a processor",
  cores: 2,
  threads: 2,
  tasks: 3,
  reason: "2.00× as fast as serial",
};
const echo = `${import.meta.dirname}/../../fixtures/jobs/echo.js`;

Deno.test("plan: what is written is read; anything else is not a plan", async () => {
  assertEquals(await parsePlan(planJson(plan)), plan);
  const strange = [
    { ...plan, plan: 2 },
    { ...plan, threads: 0 },
    { ...plan, tasks: "3" },
    { ...plan, cpu: 1 },
    [],
    null,
  ];
  for (const other of strange) assertEquals(await parsePlan(JSON.stringify(other)), undefined);
  assertEquals(await parsePlan("{"), undefined);
});

Deno.test("plan: another job or another machine is a change", () => {
  const machine = { cpu: "a processor", usableCores: 2 };
  assertEquals(planChanges(plan, "abc", machine), []);
  assertEquals(planChanges(plan, "abd", machine), ["another job, or another version of it (job.js)"]);
  assertEquals(planChanges(plan, "abc", { ...machine, usableCores: 4 }), ["another machine (a processor, 2 cores)"]);
});

testEach("run --plan: runs as wide as it says, warns of what has changed, and flags win", async (program) => {
  const file = Deno.makeTempFileSync();
  try {
    Deno.writeTextFileSync(file, planJson(plan));
    const { code, stdout, stderr } = await run(program, ["run", echo, "--plan", file], { input: "1\n2\n" });
    assertEquals([code, stdout], [0, "1\n2\n"], stderr);
    assertStringIncludes(
      stderr,
      "! the plan was made for another job, or another version of it (job.js): compare again\n",
    );
    assertStringIncludes(stderr, "! the plan was made for another machine (a processor, 2 cores): compare again\n");
    assertMatch(stderr, /^done: 2 ok, 0 failed · 2×3 · /m);
    const wider = await run(program, ["run", echo, "--plan", file, "-j1"], { input: "1\n" });
    assertMatch(wider.stderr, /^done: 1 ok, 0 failed · 1×1 · /m);
    Deno.writeTextFileSync(file, "{}");
    const none = await run(program, ["run", echo, "--plan", file], { input: "1\n" });
    assertEquals([none.code, none.stdout], [2, ""]);
    assertMatch(none.stderr, /^tandem: --plan .*: not a plan file; make one: tandem compare JOB --save-plan [^\n]+\n$/);
  } finally {
    Deno.removeSync(file);
  }
});

testEach(
  "compare --save-plan: a plan that run follows without a warning, or the reason why there is none",
  async (program) => {
    const folder = Deno.makeTempDirSync();
    try {
      const file = `${folder}/plan.json`;
      const flags = ["--count=40", "--rounds=6", "--outputs=ignore", "--quiet", "--save-plan", file];
      const { code, stderr } = await run(program, ["compare", echo, ...flags]);
      assertEquals(code, 0, stderr);
      if (stderr !== "") return assertMatch(stderr, /^! no plan was saved: [^\n]+\n$/); // a contended machine
      const { threads, tasks } = await parsePlan(Deno.readTextFileSync(file)) ?? {};
      const ended = await run(program, ["run", echo, "--plan", file], { input: "1\n" });
      assert(!ended.stderr.includes("!"), ended.stderr);
      assertStringIncludes(ended.stderr, ` · ${threads}×${tasks} · `);
    } finally {
      Deno.removeSync(folder, { recursive: true });
    }
  },
);

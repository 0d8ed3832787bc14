import { assertEquals, assertMatch } from "@std/assert";
import {
  jobDigest,
  parsePlan,
  planChanges,
  planJson,
  readPlan,
  warnOfChanges,
} from "../../../lib/cli/job/plan_file.ts";
import { sha256 } from "../../../lib/digest.ts";
import type { Plan } from "../../../lib/model/plan.ts";
import { fileUrl } from "../../../lib/paths.ts";
import { fakeMachine } from "../../bench/fake_machine.ts";
import { call, failingCall } from "../in_process.ts";
import { testMachine, testSession } from "../test_session.ts";

const plan: Plan = {
  plan: 1,
  job: "job.js",
  jobSha256: "abc",
  cpu: "a processor",
  cores: 2,
  threads: 2,
  tasks: 3,
  reason: { work: null, ratio: 2, interval: [1.9, 2.1], wider: null },
};
const echo = `${import.meta.dirname}/../../fixtures/jobs/echo.js`;

Deno.test("plan: what is written is read; anything else is not a plan", async () => {
  assertEquals(await parsePlan(planJson(plan)), plan);
  const strange = [
    { ...plan, plan: "1" },
    { ...plan, threads: 0 },
    { ...plan, tasks: "3" },
    { ...plan, cpu: 1 },
    [],
    null,
  ];
  for (const other of strange) assertEquals(await parsePlan(JSON.stringify(other)), "not a plan file");
  assertEquals(await parsePlan("{"), "not a plan file");
});

Deno.test("plan: one of another version, or wider than a run can be, is not followed", async () => {
  const refused = (change: object) => parsePlan(JSON.stringify({ ...plan, ...change }));
  assertMatch(
    await refused({ plan: 2 }) as string,
    /^a plan of version 2, and this is tandem \S+, which follows version 1$/,
  );
  assertEquals(await refused({ threads: 100_000 }), "its threads are 100000, expected 1 to 1024");
  assertEquals(await refused({ tasks: 1e6 }), "its tasks are 1000000, expected 1 to 100000");
  assertEquals(await refused({ threads: 1024, tasks: 100_000 }), { ...plan, threads: 1024, tasks: 100_000 });
});

Deno.test("plan: another job or another machine is a change", () => {
  const machine = { cpu: "a processor", usableCores: 2 };
  assertEquals(planChanges(plan, "abc", machine), []);
  assertEquals(planChanges(plan, "abd", machine), ["another job, or another version of it (job.js)"]);
  assertEquals(planChanges(plan, "abc", { ...machine, usableCores: 4 }), ["another machine (a processor, 2 cores)"]);
});

Deno.test("jobDigest: a module's hash is that of its code, a built-in job's that of its name", async () => {
  const folder = Deno.makeTempDirSync();
  try {
    const digest = async (code: string, name = "a.js") => {
      Deno.writeTextFileSync(`${folder}/${name}`, code);
      return await jobDigest({ kind: "module", url: fileUrl(`${folder}/${name}`).href });
    };
    const one = await digest("export default () => 1;");
    assertEquals(await digest("export default () => 1;", "b.js"), one);
    assertEquals(new Set([one, await digest("export default () => 2;")]).size, 2);
    const builtin = (name: string) => jobDigest({ kind: "builtin", name });
    assertEquals(await builtin("primes"), await sha256("@primes"));
    assertEquals(new Set([await builtin("primes"), await builtin("sleep"), one]).size, 3);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
});

Deno.test("planJson: one field a line, for people who look at it", () => {
  assertMatch(planJson(plan), /^\{\n {2}"plan": 1,\n {2}"job": "job\.js",\n/);
});

Deno.test("warnOfChanges: makes room for each warning, which cannot do anything to a terminal", async () => {
  const did: string[] = [];
  const { stderr } = testSession();
  const strange = { ...plan, cpu: "\x1b[2J\n! x" };
  const machine = () => Promise.resolve({ ...testMachine, usableCores: 1 });
  await warnOfChanges(strange, { kind: "builtin", name: "primes" }, { stderr, machine }, () => {
    did.push(stderr.text);
    return Promise.resolve();
  });
  const other = "! the plan was made for another job, or another version of it (job.js): compare again\n";
  assertEquals(did, ["", other]);
  assertEquals(
    stderr.text,
    `${other}! the plan was made for another machine (\\u{1b}[2J\\n! x, 2 cores): compare again\n`,
  );
});

Deno.test("run --plan: a file that is not a plan, or not there", async () => {
  const refused = async (file: string) => (await failingCall(["run", echo, `--plan=${file}`])).stderr;
  assertEquals(
    await refused("deno.json"),
    "tandem: --plan deno.json: not a plan file; make one: tandem compare JOB --save-plan deno.json\n",
  );
  assertMatch(await refused("-no such"), /; make one: tandem compare JOB '--save-plan=-no such'\n$/); // it can be pasted
  assertMatch(await refused("no/such"), /^tandem: --plan no\/such: cannot be read: [^\n]+; make one: [^\n]+\n$/);
});

Deno.test("compare --save-plan: a plan that run follows without a warning", async () => {
  const folder = Deno.makeTempDirSync();
  try {
    const file = `${folder}/plan.json`;
    const machine = () => fakeMachine({ computingMs: 5 });
    const { code, stderr } = await call(["compare", echo, "--count=60", "--quiet", "--save-plan", file], machine());
    assertEquals([code, stderr], [0, ""]);
    const { threads, tasks } = await readPlan(file);
    const ended = await call(["run", echo, "--plan", file], { stdin: "1\n", ...machine() });
    assertMatch(ended.stderr, new RegExp(`^done: 1 ok, 0 failed · ${threads}×${tasks} · [^\n]+\n$`));
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
});

import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { builtinJobs } from "../../../lib/jobs/builtin.ts";
import { run, testEach } from "../programs.ts";

testEach("jobs: a table, and the same as JSON", async (program) => {
  const { code, stdout, stderr } = await run(program, ["jobs"]);
  assertEquals({ code, stderr }, { code: 0, stderr: "" });
  assertMatch(stdout, /^@skewed +\S.* +threads$/m);
  const { command, result } = JSON.parse((await run(program, ["jobs", "--json"])).stdout);
  assertEquals(command, "jobs");
  assertEquals(result.jobs.map(({ name }: { name: string }) => name), Object.keys(builtinJobs));
  assertEquals(result.jobs[0].expects, "threads");
});

for (const name of Object.keys(builtinJobs)) {
  testEach(`run @${name}: it runs over its own items, with what it needs and nothing granted`, async (program) => {
    const { code, stdout, stderr } = await run(program, ["run", `@${name}`, "--limit", "2", "--mode", "both"]);
    assertEquals(code, 0, stderr);
    assertEquals(stdout.trim().split("\n").length, 2);
    assertStringIncludes(stderr, "done: 2 ok, 0 failed");
  });
}

testEach("compare @http: over its own items, with what it needs and nothing granted", async (program) => {
  const { code, stdout, stderr } = await run(program, ["compare", "@http", "--json", "--rounds=1", "--max-time=5s"]);
  assertEquals(code, 0, stderr);
  const { result } = JSON.parse(stdout);
  assertEquals([result.job, result.itemsGiven, result.modes.length], ["@http", 8, 4]);
});

testEach("run @primes: lines of one's own in a file or stdin, in processes too", async (program) => {
  const options = { input: "10\n100\n" };
  const { code, stdout, stderr } = await run(program, ["run", "@primes", "-", "--isolate=process", "-j1"], options);
  assertEquals({ code, stdout }, { code: 0, stdout: "4\n25\n" }, stderr);
});

testEach("run @prims: exit 2, the name that was meant, and where the names are", async (program) => {
  const { code, stdout, stderr } = await run(program, ["run", "@prims"]);
  assertEquals({ code, stdout }, { code: 2, stdout: "" });
  assertEquals(
    stderr,
    'tandem: no built-in job "prims". Did you mean primes? See: tandem jobs; a file of that name is ./@prims\n',
  );
});

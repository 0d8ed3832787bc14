import { assertEquals, assertStringIncludes } from "@std/assert";
import { builtinJobs } from "../../../lib/jobs/builtin.ts";
import { call, type Called } from "../in_process.ts";
import { run, testEach } from "../programs.ts";

for (const [name, { needs }] of Object.entries(builtinJobs)) {
  const args = ["run", `@${name}`, "--limit", "2", "--mode", "both"];
  const check = ({ code, stdout, stderr }: Called) => {
    assertEquals(code, 0, stderr);
    assertEquals(stdout.trim().split("\n").length, 2);
    assertStringIncludes(stderr, "done: 2 ok, 0 failed");
  };
  const about = `run @${name}: it runs over its own items, with`;
  if (needs === undefined) Deno.test(`${about} nothing granted`, async () => check(await call(args)));
  else testEach(`${about} what it needs and nothing granted`, async (program) => check(await run(program, args)));
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

import { assertEquals, assertMatch } from "@std/assert";
import { builtinJobs } from "../../../lib/jobs/builtin.ts";
import { call } from "../in_process.ts";

Deno.test("jobs: a table, and the same as JSON", async () => {
  const { code, stdout, stderr } = await call(["jobs"]);
  assertEquals({ code, stderr }, { code: 0, stderr: "" });
  assertMatch(stdout, /^@skewed +\S.* +threads$/m);
  const { code: ofJson, stdout: json } = await call(["jobs", "--json"]);
  const { command, options, result } = JSON.parse(json);
  assertEquals([ofJson, command, options.json], [0, "jobs", true]);
  assertEquals(
    result.jobs,
    Object.entries(builtinJobs).map(([name, { about, expects, needs }]) => ({
      name,
      about,
      expects,
      needs: needs === undefined ? {} : needs(),
    })),
  );
});

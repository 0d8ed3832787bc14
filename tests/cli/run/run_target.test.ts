import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { UsageError } from "../../../lib/errors.ts";
import { call } from "../in_process.ts";

const waits = `${import.meta.dirname}/../../fixtures/jobs/wait_ms.js`;

/** The summary of a run over items that wait so long each, and what it said. */
async function summary(ms: number, count: number, ...flags: readonly string[]) {
  const file = await Deno.makeTempFile();
  try {
    const stdin = `${ms}\n`.repeat(count);
    const { code, stderr } = await call(["run", waits, `--export-json=${file}`, ...flags], { stdin });
    assertEquals(code, 0, stderr);
    return { stderr, result: JSON.parse(await Deno.readTextFile(file)).result };
  } finally {
    await Deno.remove(file);
  }
}

Deno.test("run --target-p99: a target that is held, and what was found", async () => {
  const { stderr, result: { latency, p99Ms, threads, tasks } } = await summary(2, 2_000, "--target-p99=5s");
  assertEquals([latency.targetMs, latency.missedMs], [5_000, null], stderr);
  assert(p99Ms >= 1.9 && p99Ms < 5_000, `${p99Ms}`);
  assert(threads * tasks > 1, `${threads}x${tasks}`);
  assertStringIncludes(stderr, "  p99 ");
});

Deno.test("run --target-p99: one that even one item at a time misses is said during the run, and at its end", async () => {
  const { stderr, result: { latency, p99Ms, threads, tasks } } = await summary(20, 60, "--target-p99=10ms");
  assertEquals([threads, tasks], [1, 1], stderr);
  assert(latency.missedMs >= 19 && p99Ms >= 19, `${latency.missedMs} ${p99Ms}`); // exact to 1 %
  const said = stderr.match(/even 1×1 misses the target: 99 % of the items should take less than 10.0 ms/g);
  assertEquals(said?.length, 2, stderr);
});

Deno.test("run --target-p99: needs a width to choose", async () => {
  for (const flags of [["-j2"], ["--tasks=8"], ["--mode=serial"]]) {
    const refused = () => call(["run", waits, "--target-p99=1s", ...flags], { stdin: "1\n" });
    const { message } = await assertRejects(refused, UsageError);
    assertStringIncludes(message, "--target-p99 chooses the width");
  }
});

Deno.test("run without --target-p99: there is nothing to tell of it", async () => {
  assertEquals((await summary(0, 2, "-j1")).result.latency, null);
});

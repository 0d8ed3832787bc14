import { assert, assertEquals } from "@std/assert";
import { documentSchema, documentsOf } from "../../../lib/report/schema/mod.ts";
import type { RunTimeline, TimelineAttempt } from "../../../lib/model/timeline.ts";
import { maxAttempts } from "../../../lib/model/timeline.ts";
import { issuesOf } from "../../report/strict_schema.ts";
import { inFolder } from "../in_folder.ts";
import { call } from "../in_process.ts";
import { endOf, validTrace } from "../../report/trace/valid_trace.ts";

const [records, echo, misbehaves] = ["records", "echo", "misbehaves"].map((name) => `tests/fixtures/jobs/${name}.js`);

/** Runs a job with an exported document, which its schema takes; and with what other flags write in the folder. */
async function timelineOf(job: string, flags: readonly string[], stdin: string, read = (_folder: string) => {}) {
  return await inFolder({}, async (root): Promise<RunTimeline> => {
    const file = `${root}/run.json`;
    await call(["run", job, "--export-json", file, "-q", ...flags.map((flag) => flag.replace("FOLDER", root))], {
      stdin,
    });
    read(root);
    const document = JSON.parse(Deno.readTextFileSync(file));
    assertEquals(issuesOf(documentSchema(documentsOf()), document), []);
    return document.result.timeline;
  });
}

const numbers = (count: number) => Array.from({ length: count }, (_, i) => `${i}\n`).join("");
const told = (attempts: readonly TimelineAttempt[]) =>
  attempts.map(({ line, attempt, outcome }) => [line, attempt, outcome]).toSorted();

function assertNoOverlap(attempts: readonly TimelineAttempt[]): void {
  for (const own of Map.groupBy(attempts, ({ thread, task }) => `${thread} ${task}`).values()) {
    own.forEach(({ startMs }, i) => assert(i === 0 || own[i - 1].endMs <= startMs, JSON.stringify(own[i])));
  }
}

for (const isolate of ["worker", "process"]) {
  Deno.test(`run --export-json --isolate=${isolate}: when each item ran, in which thread and task`, async () => {
    const waits = Array.from({ length: 60 }, (_, i) => `{"wait":${i % 5},"value":${i}}\n`).join("");
    const { attempts, leftOut } = await timelineOf(records, ["-j2", "--tasks=4", `--isolate=${isolate}`], waits);
    assertEquals(leftOut, 0);
    assertEquals(told(attempts), Array.from({ length: 60 }, (_, i) => [i + 1, 1, "ok"]).toSorted());
    for (const { thread, task, startMs, endMs, line } of attempts) {
      assert(thread < 2 && task < 4 && startMs >= 0 && endMs - startMs >= (line - 1) % 5 - 1);
    }
    assertNoOverlap(attempts);
  });
}

Deno.test("run --export-json: what failed, ran again, and was lost; threads that were replaced", async () => {
  const failing = await timelineOf(records, ["-j1", "--retries=1"], '1\n{"fail":"</script>"}\nnot JSON\n');
  assertEquals(told(failing.attempts), [
    [1, 1, "ok"],
    [2, 1, "retried"],
    [2, 2, "failed"],
    [3, 1, "retried"],
    [3, 2, "failed"],
  ]);
  const blocked = await timelineOf(misbehaves, ["-j1", "--timeout=100ms", "--input=lines"], "a\nblock\nb\n");
  assertEquals(told(blocked.attempts), [[1, 1, "ok"], [2, 1, "failed"], [3, 1, "ok"]]);
  assertEquals(blocked.events.map(({ kind, thread }) => [kind, thread]), [["restart", 0]]);
  assertNoOverlap(blocked.attempts);
});

Deno.test("run --export-json: of many attempts the first are kept, and the others counted", async () => {
  const { attempts, leftOut } = await timelineOf(echo, ["-j2"], numbers(maxAttempts + 3_000));
  assertEquals([attempts.length, leftOut], [maxAttempts, 3_000]);
  assertNoOverlap(attempts);
});

Deno.test("run --export-json --trace: both have the same attempts", async () => {
  let ends: number[] = [];
  const { attempts } = await timelineOf(echo, ["-j1", "--trace", "FOLDER/trace.json"], numbers(100), (root) => {
    const events = validTrace(Deno.readTextFileSync(`${root}/trace.json`));
    ends = events.filter(({ ph, name }) => ph === "X" && name === "run").map((event) => endOf(event));
  });
  assertEquals([attempts.length, ends.length], [100, 100]);
  const offset = ends[0] - Math.round(attempts[0].endMs * 1000);
  attempts.forEach(({ endMs }, i) => assert(Math.abs(ends[i] - endMs * 1000 - offset) <= 2));
});

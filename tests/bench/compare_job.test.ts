import { assert, assertEquals, assertRejects } from "@std/assert";
import { compareJob, JobError, TandemError } from "@tandem/tandem";
import { filePath } from "../../lib/paths.ts";
import { jobOf } from "../exec/inline_job.ts";

const square = jobOf("export default (i) => i * i");
const brief = { rounds: 1, threads: 2, tasks: 2 };

Deno.test("compareJob: modes, samples, and the number of runs as they end", async () => {
  const seen: number[] = [];
  const onRun = (runs: number) => void seen.push(runs);
  const { job, modes, rounds, outputsEqual, advice } = await compareJob({ job: square }, [1, 2, 3, 4], brief, {
    onRun,
  });
  assertEquals([job, rounds, outputsEqual, seen], [String(square), 1, true, [0, 1, 2, 3, 4, 5]]);
  assertEquals(modes.map(({ threads, tasks }) => [threads, tasks]), [[1, 1], [1, 2], [2, 1], [2, 1]]);
  assert(modes.every(({ samples }) => samples.length === 1 && samples[0].elapsedMs > 0));
  assertEquals([advice.kind, advice.reason], ["none", { kind: "too-few-rounds", rounds: 1, needed: 6 }]);
});

Deno.test("compareJob: errors that the job throws after its items' ends are told", async () => {
  const late = jobOf(`export default async (i) => {
    if (i === 0) setTimeout(() => { throw new RangeError("late"); });
    else await new Promise((go) => setTimeout(go, 5));
    return i;
  }`);
  const { notices } = await compareJob({ job: late }, [0, 1, 2, 3], brief);
  const told = notices.filter((notice) => notice.kind === "late-errors");
  assert(told.length === 1 && told[0].errors > 1, JSON.stringify(notices));
  assertEquals(told[0].message, "RangeError: late");
});

Deno.test("compareJob: a signal stops it", async () => {
  const stop = new AbortController();
  const onRun = () => stop.abort(new Error("enough"));
  await assertRejects(
    () => compareJob({ job: square }, [1, 2], brief, { signal: stop.signal, onRun }),
    Error,
    "enough",
  );
  await assertRejects(() => compareJob({ job: square }, [1, 2], brief, { signal: stop.signal }), Error, "enough");
});

Deno.test("compareJob: with a signal that has aborted nothing is looked at", async () => {
  const signal = AbortSignal.abort(new Error("enough"));
  await assertRejects(() => compareJob({ job: "nosuch.js" }, [], { threads: 0 }, { signal }), Error, "enough");
});

Deno.test("compareJob: what it is given is checked, and what goes wrong has a class and a code", async () => {
  const rejects = (options: object, message: string) =>
    assertRejects(() => compareJob({ job: square }, [1], { ...brief, ...options }), RangeError, message);
  await rejects({ threads: 0 }, "threads is 0, expected a whole number from 1 on");
  await rejects({ rounds: 1.5 }, "rounds is 1.5");
  await rejects({ tasks: 0 }, "tasks is 0, expected a whole number from 1 on");
  await rejects({ seed: -1 }, "seed is -1, expected a whole number from 0 on");
  await rejects({ warmupRounds: -1 }, "warmupRounds is -1, expected a whole number from 0 on");
  await rejects({ maxMs: NaN }, "maxMs is NaN");
  await rejects({ outputs: "alike" }, 'outputs is alike, expected "equal" or "ignore"');
  await assertRejects(() => compareJob({ job: square, timeoutMs: 0 }, [1], brief), RangeError, "timeoutMs is 0");
  const long = 2 ** 32 + 5;
  await assertRejects(
    () => compareJob({ job: square, timeoutMs: long }, [1], brief),
    RangeError,
    `timeoutMs is ${long}`,
  );
  await assertRejects(() => compareJob({ job: square }, "abc", brief), TypeError, "items is a string");
  await assertRejects(() => compareJob({ job: square }, [], brief), RangeError, "there are no items");
  await assertRejects(() => compareJob({ job: square }, [() => {}], brief), TypeError, "item 0 is not JSON");
  await assertRejects(
    () => compareJob({ job: square }, [1, { at: new Date(0) }], brief),
    TypeError,
    "items[1].at is a Date",
  );
  await assertRejects(() => compareJob({ job: "nosuch.js" }, [1], brief), JobError);
  const failing = jobOf("export default () => { throw new Error('no') }");
  const { code, message } = await assertRejects(() => compareJob({ job: failing }, [1], brief), TandemError);
  assertEquals([code, message.split(";")[0]], ["item-failed", "item 1 failed in serial 1×1: Error: no"]);
});

Deno.test("compareJob: a job may be a path", async () => {
  const job = filePath(new URL("../fixtures/jobs/fails_on_three.js", import.meta.url));
  const { code } = await assertRejects(() => compareJob({ job }, [3], brief), TandemError); // it was found, and ran
  assertEquals(code, "item-failed");
});

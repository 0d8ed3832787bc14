import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { runJob } from "@tandem/tandem";
import { jobOf, numbers } from "./inline_job.ts";
import { echo, square, testLibrary as test, valuesOf } from "./library.ts";

for (const kind of ["sync", "async"] as const) {
  test(`leaving early closes ${kind} items`, async () => {
    let [read, closed] = [0, 0];
    const items = {
      *[Symbol.iterator]() {
        try {
          for (;;) yield read++;
        } finally {
          closed++;
        }
      },
      async *later() {
        yield* items;
      },
    };
    let taken = 0;
    for await (const _ of runJob(kind === "sync" ? items : items.later(), { job: square, threads: 2 })) {
      if (++taken === 20) break;
    }
    assertEquals([taken, closed], [20, 1]);
  });
}

test("a signal that has aborted ends it before it starts", async () => {
  const reason = new Error("no need");
  const outcomes = runJob([1], { job: square, signal: AbortSignal.abort(reason) });
  assert(await assertRejects(() => outcomes.next()) === reason);
});

test("a signal ends it while the job is loading", async () => {
  const stop = new AbortController();
  const reason = new Error("not that long");
  const job = jobOf("await new Promise(() => {}); export default () => 1");
  const outcomes = Array.fromAsync(runJob([1], { job, threads: 2, signal: stop.signal }));
  stop.abort(reason);
  assert(await assertRejects(() => outcomes) === reason);
});

test("a signal ends it while items run, which see it, and while the source is silent", async () => {
  const job = jobOf(`
    let start;
    const started = new Promise((resolve) => start = resolve);
    export default async (i, { signal }) => {
      if (i === 2) await started;
      if (i < 3) return i;
      const aborted = new Promise((resolve) => signal.onabort = () => resolve(signal.reason.name));
      start();
      return await aborted;
    }`);
  let closed = false;
  async function* items() {
    try {
      yield* numbers(4);
      await new Promise((resolve) => stop.signal.addEventListener("abort", resolve));
    } finally {
      closed = true;
    }
  }
  const stop = new AbortController();
  const reason = { any: "reason" };
  const seen: unknown[] = [];
  const failed = await (async () => {
    for await (const outcome of runJob(items(), { job, threads: 1, tasks: 2, signal: stop.signal })) {
      seen.push("value" in outcome ? outcome.value : outcome);
      if (outcome.index === 2) stop.abort(reason);
    }
  })().catch((error) => error);
  assertEquals([failed === reason, seen, closed], [true, [0, 1, 2, "AbortError"], true]);
});

test("nobody listens to the signal any more when it is over", async () => {
  const { signal } = new AbortController();
  let listeners = 0;
  const [add, remove] = [signal.addEventListener, signal.removeEventListener];
  signal.addEventListener = (...args: unknown[]) => (listeners++, Reflect.apply(add, signal, args));
  signal.removeEventListener = (...args: unknown[]) => (listeners--, Reflect.apply(remove, signal, args));
  await Array.fromAsync(runJob([1], { job: square, threads: 1, signal }));
  for await (const _ of runJob([1, 2], { job: square, threads: 1, signal })) break;
  await Array.fromAsync(runJob([1], { job: jobOf("export default 1"), threads: 1, signal })).catch(() => {});
  assertEquals(listeners, 0);
});

test("an item that is not JSON ends it with an error that says which and why", async () => {
  let closed = false;
  function* items() {
    try {
      yield 1;
      yield { list: [2n] };
      yield 3;
    } finally {
      closed = true;
    }
  }
  const found = "item 1 is not JSON: items[1].list[0] is a BigInt";
  const error = await assertRejects(() => valuesOf(items(), { job: square }), TypeError, found);
  assertStringIncludes(error.message, 'give plain data, or bytes with input: "bytes"');
  assert(closed);
  await assertRejects(() => valuesOf(["text"], { job: echo, input: "bytes" }), TypeError, "item 0 is not a Uint8Array");
});

test("items that break end it with their error", async () => {
  const broken = new RangeError("no more");
  async function* items() {
    yield 1;
    await Promise.reject(broken);
  }
  assert(await assertRejects(() => valuesOf(items(), { job: square })) === broken);
});

Deno.test("runJob: a program ends by itself: no timer and no thread is left, however its runs ended", async () => {
  const script = new URL("../fixtures/run_job_ends.ts", import.meta.url);
  const args = ["run", "--frozen", "--cached-only", "--no-prompt", "--allow-read", script.href];
  const child = new Deno.Command(Deno.execPath(), { args, stdout: "piped", signal: AbortSignal.timeout(30_000) });
  const { code, stdout } = await child.output();
  const said = ["to the end: 100", "left early", "threads that die", "refused", "refused", "refused", "stopped"];
  assertEquals([code, new TextDecoder().decode(stdout).trim().split("\n")], [0, [...said, "no Deno.exit follows"]]);
});

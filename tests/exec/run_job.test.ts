import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { JobError, noPermissions, type Outcome, runJob, type RunJobOptions } from "@tandem/tandem";

const echo = jobOf("export default (item) => item");
const square = jobOf("export default (i) => i * i");

function jobOf(text: string): URL {
  return new URL(`data:text/javascript,${encodeURIComponent(text)}`);
}

function test(name: string, fn: () => Promise<void>): void {
  Deno.test({ name: `runJob: ${name}`, sanitizeOps: true, sanitizeResources: true, fn });
}

function numbers(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i);
}

async function valuesOf(
  items: AsyncIterable<unknown> | Iterable<unknown>,
  options: Omit<RunJobOptions, "threads">,
): Promise<unknown[]> {
  const outcomes = await Array.fromAsync(runJob(items, { threads: 2, ...options }));
  return outcomes.map((outcome) => "value" in outcome ? outcome.value : outcome);
}

test("JSON values in and out", async () => {
  const items = [0, -1.5, "", "ä\n\u2028\u{1f600}\0", "\ud800", null, true, [], [[1], {}], { a: { b: "\\" } }];
  assertEquals(await valuesOf(items, { job: echo }), items);
  assertEquals(await valuesOf([undefined, NaN, new Date(0)], { job: echo }), [null, null, "1970-01-01T00:00:00.000Z"]);
});

test("bytes in, bytes out", async () => {
  const items = numbers(20).map((length) => Uint8Array.from({ length }, (_, i) => 255 - i));
  assertEquals(await valuesOf(items, { job: echo, input: "bytes", output: "bytes" }), items);
  const length = jobOf("export default (bytes) => bytes.length");
  assertEquals(await valuesOf(items, { job: length, input: "bytes" }), numbers(20));
  const filled = jobOf("export default (length) => new Uint8Array(length).fill(7)");
  assertEquals(await valuesOf([0, 2], { job: filled, output: "bytes" }), [new Uint8Array(), Uint8Array.of(7, 7)]);
});

test("outcomes of all kinds, with their indices", async () => {
  const job = jobOf(`export default function* (i) {
    for (let k = 0; k < i; k++) yield k;
    if (i === 2) throw new RangeError("two");
  }`);
  const expected: Outcome[] = [
    { kind: "end", index: 0 },
    { kind: "value", index: 1, value: 0 },
    { kind: "end", index: 1 },
    { kind: "value", index: 2, value: 0 },
    { kind: "value", index: 2, value: 1 },
    { kind: "error", index: 2, error: { name: "RangeError", message: "two" } },
  ];
  assertEquals(await Array.fromAsync(runJob([0, 1, 2], { job, threads: 1 })), expected);
});

test("any iterable: a list, a set, a generator, an async one, a stream", async () => {
  async function* later() {
    for (const i of [1, 2, 3]) yield await Promise.resolve(i);
  }
  for (const items of [[1, 2, 3], new Set([1, 2, 3]), [1, 2, 3].values(), later(), ReadableStream.from(later())]) {
    assertEquals(await valuesOf(items, { job: square }), [1, 4, 9]);
  }
});

test("without an order, outcomes come as they end", async () => {
  const job = jobOf(`
    let release;
    const released = new Promise((resolve) => release = resolve);
    export default async (i) => {
      if (i === 0) await released;
      if (i === 9) release();
      return i;
    }`);
  const seen = await Array.fromAsync(runJob(numbers(10), { job, threads: 1, tasks: 2, ordered: false }));
  assertEquals(seen.map(({ index }) => index).toSorted((a, b) => a - b), numbers(10));
  assert(seen[0].index !== 0);
});

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

test("items are read only so far ahead of the one who takes the outcomes", async () => {
  let read = 0;
  function* endless() {
    for (;;) yield read++;
  }
  const job = jobOf("export default (i) => 'x'.repeat(100_000)");
  let taken = 0;
  for await (const _ of runJob(endless(), { job, threads: 2 })) {
    for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
    // 4 MiB of results a thread, 16 MiB of results in main, and what is read at once.
    assert(read - taken <= 80 + 160 + 2 * 1024, `${read} read, ${taken} taken`);
    if (++taken === 300) break;
  }
});

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
  const job = jobOf(`export default (i, { signal }) => {
    if (i < 3) return i;
    return new Promise((resolve) => signal.onabort = () => resolve(signal.reason.name));
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
    for await (const outcome of runJob(items(), { job, threads: 1, signal: stop.signal })) {
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
  const error = await assertRejects(() => valuesOf(items(), { job: square }), TypeError, "item 1 is not JSON");
  assertStringIncludes(error.message, 'give plain data, or bytes with input: "bytes"');
  assert(closed);
  await assertRejects(() => valuesOf(["text"], { job: echo, input: "bytes" }), TypeError, "item 0 is no Uint8Array");
});

test("items that break end it with their error", async () => {
  const broken = new RangeError("no more");
  async function* items() {
    yield 1;
    await Promise.reject(broken);
  }
  assert(await assertRejects(() => valuesOf(items(), { job: square })) === broken);
});

test("two at once know nothing of each other", async () => {
  const job = jobOf("let count = 0; export default (i) => [i, ++count]");
  const runs = [runJob(numbers(50), { job, threads: 1 }), runJob(numbers(50), { job, threads: 1 })];
  const seen: unknown[][] = [[], []];
  for (let i = 0; i < 50; i++) {
    for (const [at, run] of runs.entries()) {
      const { value } = await run.next();
      seen[at].push(value && "value" in value && value.value);
    }
  }
  for (const run of runs) assert((await run.next()).done);
  assertEquals(seen, [0, 1].map(() => numbers(50).map((i) => [i, i + 1])));
});

test("the job's place: a relative path, a path and a URL with spaces and other signs", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const path = join(folder, "a b#c%d 100%ä?.js");
    await Deno.writeTextFile(path, "export default (i) => i + 1;");
    for (const job of [path, relative(Deno.cwd(), path), pathToFileURL(path)]) {
      assertEquals(await valuesOf([1, 2], { job }), [2, 3]);
    }
    const missing = join(folder, "no such.js");
    await assertRejects(() => valuesOf([1], { job: missing }), JobError, `${missing}: cannot be loaded`);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

test("its options reach the engine: retries, a time limit, permissions", async () => {
  const second = jobOf(
    "let tries = 0; export default () => { if (++tries < 2) throw new Error('first'); return tries; }",
  );
  assertEquals(await valuesOf([1], { job: second, retries: 1 }), [2]);

  const never = jobOf("export default () => new Promise(() => {})");
  const error = { name: "TimeoutError", message: "took longer than 20 ms" };
  assertEquals(await valuesOf([1], { job: never, timeoutMs: 20 }), [{ kind: "error", index: 0, error }]);

  const reads = jobOf("export default (path) => Deno.readTextFileSync(path).length > 0");
  const path = join(Deno.cwd(), "deno.json");
  assertEquals(await valuesOf([path], { job: reads }), [true]);
  const [outcome] = await Array.fromAsync(runJob([path], { job: reads, threads: 1, permissions: noPermissions }));
  assert(outcome.kind === "error" && outcome.error.name === "NotCapable");
});

test("no threads, no tasks, or halves of them are refused", async () => {
  for (const options of [{ threads: 0 }, { threads: 1.5 }, { tasks: 0 }, { tasks: NaN }, { threads: -1 }]) {
    await assertRejects(() => Array.fromAsync(runJob([1], { job: square, ...options })), RangeError, "whole number");
  }
});

Deno.test("runJob: a program ends by itself: no timer and no thread is left, whatever became of its runs", async () => {
  const script = new URL("../fixtures/run_job_ends.ts", import.meta.url);
  const args = ["run", "--frozen", "--cached-only", "--no-prompt", "--allow-read", script.href];
  const child = new Deno.Command(Deno.execPath(), { args, stdout: "piped", signal: AbortSignal.timeout(30_000) });
  const { code, stdout } = await child.output();
  const said = ["to the end: 100", "left early", "threads that die", "refused", "refused", "refused", "stopped"];
  assertEquals([code, new TextDecoder().decode(stdout).trim().split("\n")], [0, [...said, "no Deno.exit follows"]]);
});

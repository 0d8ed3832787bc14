import { assert, assertEquals, assertRejects } from "@std/assert";
import { join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { JobError, noPermissions, type Outcome, runJob, TandemError } from "@tandem/tandem";
import { jobOf, numbers } from "./inline_job.ts";
import { echo, square, testLibrary as test, valuesOf } from "./library.ts";

test("JSON values in and out", async () => {
  const items = [0, -1.5, "", "ä\n\u2028\u{1f600}\0", "\ud800", null, true, [], [[1], {}], { a: { b: "\\" } }];
  assertEquals(await valuesOf(items, { job: echo }), items);
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

test("items are read only so far ahead of the one who takes the outcomes", async () => {
  let read = 0;
  function* endless() {
    for (;;) yield read++;
  }
  const job = jobOf("export default (i) => 'x'.repeat(100_000)");
  let taken = 0;
  for await (const _ of runJob(endless(), { job, threads: 2 })) {
    for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
    // 4 MiB of results a thread, 4 MiB of results in main, two batches a thread, and what is read at once.
    assert(read - taken <= 80 + 40 + 2 * 2 * 8192 + 1024, `${read} read, ${taken} taken`);
    if (++taken === 300) break;
  }
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
  const error = { name: "TimeoutError", message: "took longer than 20 ms", code: "timeout" };
  assertEquals(await valuesOf([1], { job: never, timeoutMs: 20 }), [{ kind: "error", index: 0, error }]);

  const reads = jobOf("export default (path) => Deno.readTextFileSync(path).length > 0");
  const path = join(Deno.cwd(), "deno.json");
  assertEquals(await valuesOf([path], { job: reads }), [true]);
  const [outcome] = await Array.fromAsync(runJob([path], { job: reads, threads: 1, permissions: noPermissions }));
  assert(outcome.kind === "error");
  assertEquals([outcome.error.name, outcome.error.code], ["NotCapable", "denied"]);
  assertEquals(outcome.error.message, `needs read access to "${path}": grant it in permissions.read`);
});

test("which errors are retried, and how long an item may rest", async () => {
  const job = jobOf(`
    const tries = new Map();
    export default (i) => {
      tries.set(i, (tries.get(i) ?? 0) + 1);
      if (tries.get(i) === 2) return i;
      if (i === 0) throw new RangeError("once");
      if (i === 1) throw new TypeError("once");
      throw Object.assign(new RangeError("busy"), { retryAfter: 5 });
    }`);
  const options = { job, retries: 1, retryMaxMs: 20, retryOn: ["RangeError"] };
  const [again, not, long] = await Array.fromAsync(runJob([0, 1, 2], { threads: 1, ...options }));
  assertEquals([again.kind, not.kind], ["ok", "error"]);
  assert(long.kind === "error");
  assertEquals(long.error.message, "busy; it asks to wait 5 s, longer than retryMaxMs");
});

test("maxFailures: the loop has the outcome that was one too many, and then throws", async () => {
  const job = jobOf("export default (i) => { if (i % 2) throw new Error('odd'); return i; }");
  for (const [maxFailures, ended] of [[2, 6], [{ percent: 49 }, 100]] as const) {
    const seen: Outcome[] = [];
    const run = async () => {
      for await (const outcome of runJob(numbers(500), { job, threads: 1, maxFailures })) seen.push(outcome);
    };
    const error = await assertRejects(run, TandemError, `${ended / 2} of ${ended} items have failed`);
    assertEquals([error.code, seen.length], ["too-many-failures", ended]);
  }
  assertEquals((await valuesOf(numbers(20), { job, maxFailures: 10 })).length, 20);
  for (const maxFailures of [-1, 0.5, NaN, { percent: 101 }, { percent: NaN }]) {
    await assertRejects(() => valuesOf([1], { job, maxFailures }), RangeError, "maxFailures");
  }
});

test("no threads, no tasks, or halves of them are refused, and what is no time or number of retries", async () => {
  const widths = [{ threads: 0 }, { threads: 1.5 }, { tasks: 0 }, { tasks: NaN }, { threads: -1 }];
  const noTimes = [-5, 0, 0.5, NaN, 2 ** 31, 2 ** 32 + 5].map((timeoutMs) => ({ timeoutMs }));
  const noPauses = [0, -1, NaN, 2 ** 31].map((retryMaxMs) => ({ retryMaxMs }));
  for (const options of [...widths, ...noPauses, { retries: -1 }, { retries: 1.5 }, { retries: NaN }, ...noTimes]) {
    await assertRejects(() => Array.fromAsync(runJob([1], { job: square, ...options })), RangeError, "whole number");
  }
});

test("what is no list of items is refused, and says what it is", async () => {
  const found = [["abc", "a string"], [undefined, "undefined"], [null, "null"], [{}, "of type object"], [
    7,
    "of type number",
  ]];
  for (const [items, what] of found) {
    const run = () => Array.fromAsync(runJob(items as Iterable<unknown>, { job: square }));
    const { message } = await assertRejects(run, TypeError, "expected a list or another iterable of items");
    assert(message.includes(`${what}`), message);
  }
});

test("an error after its item's end is a warning, and so is one of no item", async () => {
  const job = jobOf(`
    let told, fell;
    const late = new Promise((resolve) => told = resolve), fallen = new Promise((resolve) => fell = resolve);
    export default async (i) => {
      if (i === 1) setTimeout(() => { setTimeout(told); throw new RangeError("late"); });
      if (i === 2) setTimeout(() => { setTimeout(fell); Promise.reject(new Error("nobody's")); });
      if (i === 3) await Promise.all([late, fallen]);
      return i;
    }`);
  const warnings: string[] = [];
  const onWarning = ({ message }: Error) => void warnings.push(message);
  const seen = await Array.fromAsync(runJob(numbers(4), { job, threads: 1, tasks: 4, onWarning }));
  assertEquals(seen.map(({ kind }) => kind), ["ok", "ok", "ok", "ok"]);
  assertEquals(warnings, ["item 1, after its end: RangeError: late", "item 2, after its end: Error: nobody's"]);
});

test("without onWarning, an error after its item's end is reported as the program's own", async () => {
  const reported = Promise.withResolvers<unknown>();
  const listen = (event: ErrorEvent) => {
    event.preventDefault();
    reported.resolve(event.error);
  };
  globalThis.addEventListener("error", listen);
  try {
    const job = jobOf(`
      let told;
      const late = new Promise((resolve) => told = resolve);
      export default async (i) => {
        if (i === 0) setTimeout(() => { setTimeout(told); throw new RangeError("late"); });
        if (i === 1) await late;
      }`);
    await Array.fromAsync(runJob([0, 1], { job, threads: 1, tasks: 2 }));
    const error = await reported.promise;
    assert(error instanceof Error);
    assertEquals(error.message, "item 0, after its end: RangeError: late");
  } finally {
    globalThis.removeEventListener("error", listen);
  }
});

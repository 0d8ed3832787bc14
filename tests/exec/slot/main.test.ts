import { assert, assertEquals } from "@std/assert";
import { valueFormat } from "../../../lib/exec/run_job.ts";
import { assignItem, blockLength, cancelItem, viewBlock, writeFrame } from "../../../lib/exec/wire/block.ts";
import { controlWord, type FromSlot, recordKind, type ToThread } from "../../../lib/exec/wire/protocol.ts";
import { chunkBytes, viewChunk } from "../../../lib/exec/wire/result_chunks.ts";
import { epochOf, startTime, systemClock } from "../../../lib/clock.ts";
import { n } from "../numbers.ts";

type Load = ToThread & { readonly kind: "load" };

const kindNames = Object.fromEntries(Object.entries(recordKind).map(([name, kind]) => [kind, name]));
const seldom = { chunks: 0, limitMs: 0, tasks: 1 };

/** A thread with a slot, and the test as its main. It is told to load a job of fixtures/slot_thread.ts. */
function openThread(url: string, load: Partial<Load> = {}, { chunks, limitMs, tasks } = seldom) {
  const from = startTime();
  const worker = new Worker(new URL("../../fixtures/slot_thread.ts", import.meta.url), { type: "module" });
  const came: FromSlot[] = [];
  let wake = () => {};
  worker.onmessage = ({ data }: MessageEvent<FromSlot>) => {
    came.push(data);
    wake();
  };
  const control = new Int32Array(new SharedArrayBuffer(4 * controlWord.length));
  control[controlWord.tasks] = tasks;
  control[controlWord.limitMs] = limitMs;
  control[controlWord.nextOut] = -1;
  const results = new SharedArrayBuffer(chunks * chunkBytes);
  const send = (message: ToThread) => worker.postMessage(message);
  send({
    kind: "load",
    job: { kind: "module", url } as never,
    thread: 5,
    generation: n(1),
    control,
    results,
    epoch: epochOf(systemClock),
    format: valueFormat("json", "json"),
    numbering: { first: 0, step: 1 },
    credit: 1_000_000,
    probes: "none",
    spans: "none",
    tuned: false,
    wantsItems: false,
    started: { from, to: startTime() },
    ...load,
  });
  const block = viewBlock(new SharedArrayBuffer(blockLength(10, 10)), 10);
  const buffer = block.bytes.buffer as SharedArrayBuffer;
  const reference = { id: n<never>(0), capacity: 10, once: false, use: n<never>(1), firstLine: n<never>(1) };
  let items = 0;
  return {
    send,
    control,
    /** Gives it items that are their own numbers. */
    give(count: number, sentAt?: number): void {
      const from = items;
      for (; items < from + count; items++) {
        block.bytes[items] = 48 + items;
        writeFrame(block, n(items), n(1), items, items + 1, n(items));
        assignItem(block, n(items), n(1));
      }
      const sent = from === 0 ? { ...reference, buffer } : reference;
      send({ kind: "items", block: sent, from: n(from), first: n(from), count, sentAt });
    },
    cancel(item: number): void {
      cancelItem(block, n(item));
      send({ kind: "cancel", item: n(item) });
    },
    /** Its next message. */
    async next(): Promise<FromSlot> {
      while (came.length === 0) await new Promise<void>((resolve) => wake = resolve);
      return came.shift()!;
    },
    /** What its next results say: `kind items: text`. */
    async results(): Promise<string[]> {
      const message = await this.next();
      if (message.kind !== "results") return [JSON.stringify(message)];
      assertEquals(message.chunk === undefined, chunks === 0);
      const bytes = message.chunk === undefined ? new Uint8Array(message.buffer!) : viewChunk(results, message.chunk);
      let at = 0;
      return Array.from({ length: message.stretches.length / 4 }, (_, i) => {
        const [kind, , count, length] = message.stretches.slice(4 * i);
        const text = new TextDecoder().decode(bytes.slice(at, at += length)).trimEnd().replaceAll("\n", " ");
        return `${kindNames[kind]} ${count}: ${text}`;
      });
    },
    [Symbol.dispose]: () => worker.terminate(),
  };
}

Deno.test("slot thread: it loads its job, runs items with what setup gave, and ends with teardown", async () => {
  using thread = openThread("full", { wantsItems: true }, { ...seldom, chunks: 2 });
  assertEquals(await thread.next(), { kind: "loaded", items: "[1,2]", hasTeardown: true });
  thread.give(2);
  assertEquals(await thread.results(), ['ok 1: [0,5,"set up in 5"]']);
  assertEquals(await thread.results(), ['ok 1: [1,5,"set up in 5"]']);
  thread.send({ kind: "finish" });
  assertEquals(await thread.next(), { kind: "finished" });
});

Deno.test("slot thread: items are read if they are asked for", async () => {
  for (const [job, wantsItems] of [["full", false], ["refusesItems", false], ["echo", true]] as const) {
    using thread = openThread(job, { wantsItems });
    const hasTeardown = job === "full";
    assertEquals(await thread.next(), { kind: "loaded", items: undefined, hasTeardown });
  }
});

Deno.test("slot thread: why there is no job, with what to do", async () => {
  const refusals: readonly (readonly [job: string, found: string, code?: string])[] = [
    ["missing", "is not there", "no-job"],
    ["refusesItems", "its items are none"],
    [
      "setupFails",
      'its setup failed: NotCapable: needs env access to "HOME": grant it in permissions.env',
    ],
  ];
  for (const [job, found, code] of refusals) {
    using thread = openThread(job, { wantsItems: true });
    const { kind, ...said } = await thread.next() as FromSlot & { kind: "refused" };
    assertEquals([kind, said.found, said.code], ["refused", found, code as never]);
  }
});

Deno.test("slot thread: what a job throws while it loads is told", async () => {
  using thread = openThread("failsToLoad");
  const { kind, message } = await thread.next() as FromSlot & { kind: "fatal" };
  assertEquals(kind, "fatal");
  assert(message.includes("while it loads"), message);
});

Deno.test("slot thread: a teardown that fails is printed, and the thread ends", async () => {
  using thread = openThread("teardownFails");
  assertEquals(await thread.next(), { kind: "loaded", items: undefined, hasTeardown: true });
  thread.send({ kind: "finish" });
  assertEquals(await thread.next(), { kind: "finished" });
});

Deno.test("slot thread: a generator function's values are its item's", async () => {
  for (const [job, expected] of [["values", ["value 1: 0 0", "end 1: "]], ["asyncValues", ["value 1: 0", "end 1: "]]]) {
    using thread = openThread(job as string);
    await thread.next();
    thread.give(1);
    assertEquals(await thread.results(), expected as string[]);
  }
});

Deno.test("slot thread: a stop aborts the signals of running items", async () => {
  using thread = openThread("waits");
  await thread.next();
  thread.give(1);
  thread.send({ kind: "stop" });
  assertEquals(await thread.results(), ['ok 1: "AbortError: the run was stopped"']);
});

Deno.test("slot thread: a cancelled item fails after its grace", async () => {
  using thread = openThread("neverEnds", {}, { ...seldom, limitMs: 4 });
  await thread.next();
  thread.give(1);
  assertEquals(await thread.results(), ["value 1: 0"]); // so it runs
  thread.cancel(0);
  const [failed] = await thread.results();
  assert(failed.startsWith("lateError") && failed.includes('"code":"timeout"'), failed);
});

Deno.test("slot thread: without credit it pauses, until main has taken output, or needs an item", async () => {
  using thread = openThread("echo", { credit: 1 });
  await thread.next();
  thread.give(1);
  thread.give(2);
  assertEquals(await thread.results(), ["ok 1: 0"]);
  assertEquals(await thread.next(), { kind: "paused" });
  thread.control[controlWord.nextOut] = 1;
  thread.send({ kind: "resume" });
  assertEquals(await thread.results(), ["ok 1: 1"]);
  thread.send({ kind: "taken", bytes: 4, chunks: [] });
  assertEquals(await thread.results(), ["ok 1: 2"]);
});

Deno.test("slot thread: a generator goes on when main has taken its values", async () => {
  using thread = openThread("manyValues", { credit: 4_096 });
  await thread.next();
  thread.give(1);
  let bytes = 0;
  for (let kinds: number[] = []; !kinds.includes(recordKind.end);) {
    const message = await thread.next() as FromSlot & { kind: "results" };
    const { stretches } = message;
    kinds = stretches.filter((_, at) => at % 4 === 0);
    const length = message.buffer!.byteLength;
    bytes += length;
    thread.send({ kind: "takenOf", item: n(0), bytes: length });
  }
  assertEquals(bytes, 100 * 1_003);
});

Deno.test("slot thread: a job cannot speak for main, or hear it", async () => {
  using posts = openThread("posts");
  await posts.next();
  posts.give(1);
  assertEquals(await posts.results(), ["ok 1: 0"]);
  using listens = openThread("listens");
  await listens.next();
  listens.give(1);
  assertEquals(await listens.results(), ["ok 1: 0"]);
  listens.give(1);
  assertEquals(await listens.results(), ["ok 1: []"]);
});

Deno.test("slot thread: when our own code fails main is told, or it would wait for ever", async () => {
  using thread = openThread("echo");
  await thread.next();
  thread.send({ kind: "items", block: { id: n(9) } as never, from: n(0), first: n(0), count: 1 });
  assertEquals(await thread.next(), {
    kind: "fatal",
    message: "Error: a block came without its buffer",
    at: "job.ts:3",
  });
});

Deno.test("slot thread: what a timer throws fails its item", async () => {
  using thread = openThread("leavesLate", {}, { ...seldom, tasks: 2 });
  await thread.next();
  thread.give(2);
  assertEquals(await thread.results(), ['error 1: {"line":1,"error":{"name":"RangeError","message":"late"}}']);
});

Deno.test("slot thread: a job neither reads stdin nor ends the program", async () => {
  const jobs = [
    ["readsStdin", "descriptor 0 is not for jobs"],
    ["importsProcess", "process.stdin is not for jobs"],
    ["exits", "Deno.exit is not for jobs"],
  ];
  for (const [job, said] of jobs) {
    using thread = openThread(job);
    await thread.next();
    thread.give(1);
    const [failed] = await thread.results();
    assert(failed.startsWith("error") && failed.includes(said), failed);
  }
});

Deno.test("slot thread: it measures what is asked for", async () => {
  for (const probes of ["none", "cpu", "all"] as const) {
    using thread = openThread("echo", { probes });
    await thread.next();
    thread.give(1, 0);
    const first = await thread.next() as FromSlot & { kind: "results" };
    thread.give(1, 0);
    const second = await thread.next() as FromSlot & { kind: "results" };
    const measured = [second.cpuMs, first.itemMs, first.phases, first.heapBytes].map((value) => value !== undefined);
    assertEquals(measured, [probes !== "none", probes === "all", probes === "all", probes === "all"], probes);
    assert(first.ms >= 0 && first.ms < 60_000, `${first.ms}`);
  }
});

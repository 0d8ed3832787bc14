import { assert, assertEquals, assertRejects } from "@std/assert";
import { threadIntervals } from "../../lib/streams/listing_17_41.ts";
import { threadProducer } from "../../lib/streams/thread_producer.ts";
import { type FromThread, gate, type Start } from "../../lib/streams/wire.ts";

const intervals = new URL("../../workers/intervals.ts", import.meta.url);
const fixtures = new URL("../fixtures/", import.meta.url);

Deno.test("thread producer: counts; closing it ends the thread, which reports the value it could not send", async () => {
  const producer = await threadIntervals(1);
  producer.start();
  const seen: number[] = [];
  for await (const value of producer.items) if (seen.push(value) === 3) break;
  assertEquals(seen, [1, 2, 3]);
  assertEquals(await producer.ended, { unsent: producer.sent() + 1 });
});

Deno.test("thread producer: closing it ends a thread that blocks for an hour", async () => {
  const producer = await threadIntervals(3_600_000);
  producer.start();
  const pending = producer.items.next();
  await producer.items.return?.();
  assert((await pending).done);
  assertEquals([await producer.ended, producer.sent()], [{ unsent: 1 }, 0]);
});

Deno.test("thread producer: closing it before its start ends the thread", async () => {
  const producer = await threadIntervals(3_600_000);
  await producer.items.return?.();
  assertEquals(producer.sent(), 0);
  await producer.ended;
});

Deno.test("thread producer: closed, then started, it stays closed and ends", async () => {
  const producer = await threadIntervals(3_600_000);
  void producer.items.return?.();
  producer.start();
  await producer.ended;
  assertEquals(producer.sent(), 0);
});

Deno.test("thread producer: a thread with a count ends by itself after its last value", async () => {
  const producer = await threadProducer({ module: intervals, everyMs: 0, count: 3 });
  producer.start();
  assertEquals(await Array.fromAsync(producer.items), [1, 2, 3]);
  assertEquals([await producer.ended, producer.sent()], [{}, 3]);
});

Deno.test("thread producer: a module that throws is refused", async () => {
  const module = new URL("throwing_thread.ts", fixtures);
  await assertRejects(() => threadProducer({ module, everyMs: 1, count: 1 }), Error, "no such thread");
});

Deno.test("thread producer: a thread that breaks later fails its items and ends", async () => {
  const module = new URL("failing_thread.ts", fixtures);
  const producer = await threadProducer({ module, everyMs: 1, count: 1 });
  await assertRejects(() => producer.items.next(), Error, "broken after ready");
  assertEquals(await producer.ended, {});
});

/** While the test runs, no thread: it is ready at once, and does what the test says. */
class FakeWorker {
  static last: FakeWorker;
  terminated = 0;
  gate: Int32Array = new Int32Array();
  onmessage: (event: { readonly data: FromThread }) => void = () => {};
  onerror: (event: { readonly message: string; preventDefault(): void }) => void = () => {};

  constructor() {
    FakeWorker.last = this;
  }

  postMessage(start: Start): void {
    this.gate = start.gate;
    this.onmessage({ data: { kind: "ready" } });
  }

  terminate(): void {
    this.terminated++;
  }
}

async function withFakeWorker() {
  const { Worker } = globalThis;
  Object.assign(globalThis, { Worker: FakeWorker });
  try {
    return { producer: await threadProducer({ module: intervals, everyMs: 1, count: 1 }), thread: FakeWorker.last };
  } finally {
    Object.assign(globalThis, { Worker });
  }
}

Deno.test("thread producer: its start and its close wake a thread that is parked, after they have changed the gate", async () => {
  const { producer, thread } = await withFakeWorker();
  const { notify } = Atomics;
  const woken: number[] = [];
  Atomics.notify = (words, at) => {
    if (words === thread.gate) woken.push(Atomics.load(thread.gate, at));
    return 1;
  };
  try {
    producer.start();
    await producer.items.return?.();
  } finally {
    Atomics.notify = notify;
  }
  assertEquals(woken, [gate.open, gate.closed]);
});

Deno.test("thread producer: a thread that has ended or failed is let go, and an error is not thrown in main too", async () => {
  const ended = await withFakeWorker();
  assertEquals(ended.thread.terminated, 0);
  ended.thread.onmessage({ data: { kind: "ended" } });
  assertEquals([await ended.producer.ended, ended.thread.terminated], [{}, 1]);
  const failed = await withFakeWorker();
  let prevented = 0;
  failed.thread.onerror({ message: "broken", preventDefault: () => void prevented++ });
  await assertRejects(() => failed.producer.items.next(), Error, "the producing thread failed: broken");
  assertEquals([await failed.producer.ended, failed.thread.terminated, prevented], [{}, 1, 1]);
});

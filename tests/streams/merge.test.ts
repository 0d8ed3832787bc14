import { assert, assertEquals, assertRejects } from "@std/assert";
import fc from "fast-check";
import { channel } from "../../lib/streams/channel.ts";
import { merge } from "../../lib/streams/merge.ts";
import { idle } from "../virtual_clock.ts";

interface Tagged {
  readonly source: number;
  readonly value: number;
}

/** One step of an interleaving: a source sends or ends, the consumer asks, or everything comes to rest. */
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant("send"), source: fc.nat(2) }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("ask"), source: fc.constant(0) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom("end", "rest"), source: fc.nat(2) }) },
);

function silentSources(count: number) {
  return Array.from({ length: count }, () => channel<Tagged>());
}

/** A source that always has an item, and knows whether it was closed. */
function alwaysReady() {
  const source = {
    closed: false,
    next: () => Promise.resolve({ done: source.closed, value: { source: 9, value: 9 } }),
    return: () => (source.closed = true, Promise.resolve({ done: true as const, value: undefined })),
    [Symbol.asyncIterator]: () => source,
  };
  return source;
}

Deno.test("merge: loses and repeats nothing and keeps each source's order, in any interleaving", async () => {
  await fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
    const sources = silentSources(3);
    const merged = merge(...sources.map(({ receiver }) => receiver));
    const sent: number[][] = [[], [], []];
    const seen: number[][] = [[], [], []];
    let asked = Promise.resolve();
    const ask = async () => {
      const result = await merged.next();
      if (!result.done) seen[result.value.source].push(result.value.value);
    };
    for (const [value, { kind, source }] of steps.entries()) {
      if (kind === "send" && sources[source].sender.send({ source, value })) sent[source].push(value);
      if (kind === "ask") asked = asked.then(ask);
      if (kind === "end") sources[source].sender.close();
      if (kind === "rest") await idle();
    }
    for (const { sender } of sources) sender.close();
    await asked;
    for await (const { source, value } of merged) seen[source].push(value);
    assertEquals(seen, sent);
  }));
});

Deno.test("merge: loses and repeats nothing over thousands of values, however many requests are open", async () => {
  const batch = fc.record({ source: fc.nat(2), send: fc.nat(2_000), ask: fc.nat(2_000), rest: fc.boolean() });
  await fc.assert(
    fc.asyncProperty(fc.array(batch, { maxLength: 12 }), async (batches) => {
      const sources = silentSources(3);
      const merged = merge(...sources.map(({ receiver }) => receiver));
      const sent = [0, 0, 0];
      const asked: Promise<IteratorResult<Tagged>>[] = [];
      for (const { source, send, ask, rest } of batches) {
        for (let i = 0; i < send; i++) sources[source].sender.send({ source, value: sent[source]++ });
        for (let i = 0; i < ask; i++) asked.push(merged.next());
        if (rest) await idle();
      }
      for (const { sender } of sources) sender.close();
      const items = (await Promise.all(asked)).flatMap((result) => result.done ? [] : [result.value]);
      items.push(...await Array.fromAsync(merged));
      const seen = [0, 0, 0];
      for (const { source, value } of items) assertEquals(value, seen[source]++);
      assertEquals(seen, sent);
    }),
    { numRuns: 50 },
  );
});

Deno.test("merge: does not wait for a silent source", async () => {
  const [busy, silent] = silentSources(2);
  const merged = merge(silent.receiver, busy.receiver);
  const first = merged.next();
  busy.sender.send({ source: 0, value: 1 });
  assertEquals((await first).value, { source: 0, value: 1 });
  await merged.return?.();
});

Deno.test("merge: closing it closes every source at once and ends a pending request", async () => {
  const sources = silentSources(3);
  const merged = merge(...sources.map(({ receiver }) => receiver));
  const pending = merged.next();
  await idle();
  const closing = merged.return?.();
  assertEquals(sources.map(({ sender }) => sender.closed.aborted), [true, true, true]);
  await closing;
  assertEquals([(await pending).done, (await merged.next()).done], [true, true]);
});

Deno.test("merge: closing it before anything was asked for closes every source", async () => {
  const sources = silentSources(2);
  await merge(...sources.map(({ receiver }) => receiver)).return?.();
  assertEquals(sources.map(({ sender }) => sender.closed.aborted), [true, true]);
});

Deno.test("merge: a failing source closes the silent others and its error arrives", async () => {
  const [failing, ...others] = silentSources(3);
  const merged = merge(...others.map(({ receiver }) => receiver), failing.receiver);
  const pending = merged.next();
  await idle();
  failing.sender.fail(new RangeError("lost"));
  await assertRejects(() => pending, RangeError, "lost");
  assertEquals(others.map(({ sender }) => sender.closed.aborted), [true, true]);
  assert((await merged.next()).done);
});

Deno.test("merge: of several open requests the first gets the error, and the others end", async () => {
  const [{ sender, receiver }] = silentSources(1);
  const merged = merge(receiver);
  const [first, ...others] = [merged.next(), merged.next(), merged.next()];
  sender.fail(new RangeError("lost"));
  await assertRejects(() => first, RangeError, "lost");
  assertEquals((await Promise.all(others)).map(({ done }) => done), [true, true]);
});

Deno.test("merge: an error arrives even if another source is always ready", async () => {
  const [failing] = silentSources(1);
  const busy = alwaysReady();
  const merged = merge(busy, failing.receiver);
  await merged.next();
  failing.sender.fail(new RangeError("lost"));
  await assertRejects(
    async () => {
      for (let item = 0; item < 100; item++) await merged.next();
    },
    RangeError,
    "lost",
  );
  assert(busy.closed);
});

Deno.test("merge: no source and ended sources end it", async () => {
  assert((await merge().next()).done);
  const sources = silentSources(2);
  for (const { sender } of sources) sender.close();
  assert((await merge(...sources.map(({ receiver }) => receiver)).next()).done);
});

Deno.test("merge: closing it drops what has arrived, and no source is asked again", async () => {
  const [busy, late] = silentSources(2);
  const merged = merge(busy.receiver, late.receiver);
  const first = merged.next();
  for (const { sender } of [busy, late]) sender.send({ source: 0, value: 1 });
  await first;
  await merged.return?.();
  assert((await merged.next()).done);
  let asked = 0;
  const endless: AsyncIterable<Tagged> = {
    [Symbol.asyncIterator]: () => ({
      next: () => Promise.resolve({ done: false, value: { source: 0, value: ++asked } }),
    }),
  };
  const closed = merge(endless);
  await closed.next();
  await closed.return?.();
  assert((await closed.next()).done);
  assertEquals(asked, 1);
});

Deno.test("merge: a request that is open when it is closed ends, though an item comes in that moment", async () => {
  const [{ sender, receiver }] = silentSources(1);
  const merged = merge(receiver);
  const pending = merged.next();
  await idle();
  sender.send({ source: 0, value: 1 });
  const closing = merged.return?.();
  assert((await pending).done);
  assertEquals(await closing, { done: true, value: undefined });
});

Deno.test("merge: a source that cannot be closed is reported, and the others are closed all the same", async () => {
  const [{ sender, receiver }] = silentSources(1);
  const stuck: AsyncIterable<Tagged> = {
    [Symbol.asyncIterator]: () => ({
      next: () => Promise.resolve({ done: true, value: undefined }),
      return: () => Promise.reject(new RangeError("stuck")),
    }),
  };
  const merged = merge(stuck, receiver);
  await assertRejects(async () => await merged.return?.(), RangeError, "stuck");
  assert(sender.closed.aborted);
});

Deno.test("merge: after a round of 1,024 values no source is asked before the multiplexer has found nothing", async () => {
  let asked = 0;
  const endless: AsyncIterable<Tagged> = {
    [Symbol.asyncIterator]: () => ({
      next: () => Promise.resolve({ done: false, value: { source: 0, value: asked++ } }),
    }),
  };
  const merged = merge(endless);
  for (let value = 0; value < 1_024; value++) assertEquals((await merged.next()).value.value, value);
  const next = merged.next();
  assertEquals(asked, 1_024); // the multiplexer, which was asked in this turn, frees what it has yielded
  assertEquals([(await next).value.value, asked], [1_024, 1_025]);
});

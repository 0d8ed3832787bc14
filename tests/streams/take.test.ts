import { assert, assertEquals } from "@std/assert";
import { channel } from "../../lib/streams/channel.ts";
import { take } from "../../lib/streams/take.ts";

/** Counts from 1, and records how often it was asked and whether its `finally` ran. */
function counted() {
  const seen = { produced: 0, closed: false };
  async function* count() {
    try {
      for (;;) yield await Promise.resolve(++seen.produced);
    } finally {
      seen.closed = true;
    }
  }
  return { source: count(), seen };
}

for (const count of [1, 3, 20]) {
  Deno.test(`take: ${count} items, never one more asked for, and the source closed`, async () => {
    const { source, seen } = counted();
    const items = await Array.fromAsync(take(source, count));
    assertEquals(items, Array.from({ length: count }, (_, place) => place + 1));
    assertEquals(seen, { produced: count, closed: true });
  });
}

Deno.test("take: 0 items ask for nothing and close the source", async () => {
  const { receiver, sender } = channel<number>();
  sender.send(1);
  assertEquals(await Array.fromAsync(take(receiver, 0)), []);
  assert(sender.closed.aborted);
});

Deno.test("take: a shorter source ends it", async () => {
  const { receiver, sender } = channel<number>();
  sender.send(1);
  sender.close();
  assertEquals(await Array.fromAsync(take(receiver, 5)), [1]);
});

Deno.test("take: leaving the loop early closes the source", async () => {
  const { source, seen } = counted();
  for await (const item of take(source, 5)) if (item === 2) break;
  assertEquals(seen, { produced: 2, closed: true });
});

Deno.test("take: closing it while the source is silent ends the request", async () => {
  const { receiver, sender } = channel<number>();
  const taken = take(receiver, 5);
  const pending = taken.next();
  await taken.return?.();
  assert((await pending).done);
  assert(sender.closed.aborted);
  assert((await taken.next()).done);
});

Deno.test("take: once it has ended or was closed, the source is not asked again", async () => {
  let asked = 0;
  const endless: AsyncIterable<number> = {
    [Symbol.asyncIterator]: () => ({ next: () => Promise.resolve({ done: false, value: ++asked }) }),
  };
  const closed = take(endless, 5);
  await closed.return?.();
  assert((await closed.next()).done);
  assertEquals(asked, 0);
  const short: AsyncIterable<number> = {
    [Symbol.asyncIterator]: () => ({ next: () => Promise.resolve({ done: true, value: ++asked }) }),
  };
  const ended = take(short, 5);
  assert((await ended.next()).done && (await ended.next()).done);
  assertEquals(asked, 1);
});

import { assert, assertEquals, assertRejects } from "@std/assert";
import fc from "fast-check";
import { channel } from "../../lib/streams/channel.ts";

Deno.test("channel: first in, first out, however sending and asking alternate", async () => {
  const runs = fc.array(fc.record({ send: fc.nat(1500), ask: fc.nat(1500) }), { maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(runs, async (steps) => {
      const { sender, receiver } = channel<number>();
      const asked: Promise<IteratorResult<number>>[] = [];
      let sent = 0;
      for (const { send, ask } of steps) {
        for (let i = 0; i < send; i++) assert(sender.send(sent++));
        for (let i = 0; i < ask; i++) asked.push(receiver.next());
      }
      sender.close();
      const seen = (await Promise.all(asked)).filter(({ done }) => !done).map(({ value }) => value);
      seen.push(...await Array.fromAsync(receiver));
      assert(seen.length === sent && seen.every((value, place) => value === place), `${seen.length} of ${sent}`);
    }),
    { numRuns: 50 },
  );
});

Deno.test("channel: closing the receiver ends every pending request, drops the queue and tells the sender", async () => {
  const { sender, receiver } = channel<number>();
  const pending = [receiver.next(), receiver.next()];
  assertEquals(await receiver.return(), { done: true, value: undefined });
  assertEquals((await Promise.all(pending)).map(({ done }) => done), [true, true]);
  assertEquals([sender.closed.aborted, sender.send(1)], [true, false]);
  assert((await receiver.next()).done);
});

Deno.test("channel: what is queued is dropped when the receiver closes", async () => {
  const { sender, receiver } = channel<number>();
  sender.send(1);
  await receiver.return();
  assert((await receiver.next()).done);
});

Deno.test("channel: the sender's end comes after what is queued and lets nothing follow", async () => {
  const { sender, receiver } = channel<number>();
  sender.send(1);
  sender.close();
  assertEquals([sender.send(2), sender.closed.aborted], [false, false]);
  assertEquals(await Array.fromAsync(receiver), [1]);
});

Deno.test("channel: a failure arrives after what is queued, once", async () => {
  const { sender, receiver } = channel<number>();
  sender.send(1);
  sender.fail(new RangeError("lost"));
  assertEquals(sender.send(2), false);
  assertEquals((await receiver.next()).value, 1);
  await assertRejects(() => receiver.next(), RangeError, "lost");
  assert((await receiver.next()).done);
});

Deno.test("channel: a failure reaches a pending request, the one behind it ends", async () => {
  const { sender, receiver } = channel<number>();
  const first = receiver.next();
  const second = receiver.next();
  sender.fail(new RangeError("lost"));
  await assertRejects(() => first, RangeError, "lost");
  assert((await second).done);
});

Deno.test("channel: its first end counts", async () => {
  const closed = channel<number>();
  closed.sender.close();
  closed.sender.fail(new RangeError("lost"));
  assert((await closed.receiver.next()).done);
  const failed = channel<number>();
  failed.sender.fail(new RangeError("lost"));
  failed.sender.close();
  await assertRejects(() => failed.receiver.next(), RangeError, "lost");
});

import { assert, assertEquals, assertRejects } from "@std/assert";
import { channel } from "../../lib/streams/channel.ts";
import { map } from "../../lib/streams/map.ts";

Deno.test("map: each item is mapped, in order", async () => {
  const { sender, receiver } = channel<number>();
  for (const value of [1, 2, 3]) sender.send(value);
  sender.close();
  assertEquals(await Array.fromAsync(map(receiver, (value) => `#${value}`)), ["#1", "#2", "#3"]);
});

Deno.test("map: an error of the function closes the source and arrives", async () => {
  const { sender, receiver } = channel<number>();
  sender.send(1);
  const mapped = map(receiver, () => {
    throw new RangeError("odd");
  });
  await assertRejects(() => mapped.next(), RangeError, "odd");
  assert(sender.closed.aborted);
  assert((await mapped.next()).done);
});

Deno.test("map: closing it while the source is silent ends the request", async () => {
  const { sender, receiver } = channel<number>();
  const mapped = map(receiver, String);
  const pending = mapped.next();
  assertEquals(await mapped.return?.(), { done: true, value: undefined });
  assert((await pending).done);
  assert(sender.closed.aborted);
});

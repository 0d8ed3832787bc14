import { assert, assertEquals, assertRejects } from "@std/assert";
import fc from "fast-check";
import { channel } from "../../lib/streams/channel.ts";
import { taskProducer } from "../../lib/streams/task_producer.ts";
import { type Timed, timeout } from "../../lib/streams/timeout.ts";
import { idle, virtualClock } from "../virtual_clock.ts";

function text(timed: Timed<string>): string {
  return timed.kind === "item" ? timed.value : "E";
}

Deno.test("timeout: reports each longer gap once; only an item arms it again", async () => {
  const delays = fc.array(fc.integer({ min: 0, max: 1000 }).filter((ms) => ms !== 200), { maxLength: 12 });
  await fc.assert(fc.asyncProperty(delays, async (gaps) => {
    const clock = virtualClock();
    const steps = gaps.map((afterMs, place) => ({ afterMs, value: `${place}` }));
    const letters = taskProducer(steps, clock);
    letters.start();
    const seen: string[] = [];
    for await (const timed of timeout(letters.items, 200, clock)) seen.push(text(timed));
    assertEquals(seen, gaps.flatMap((ms, place) => ms > 200 ? ["E", `${place}`] : [`${place}`]));
    assertEquals(clock.open(), 0);
  }));
});

Deno.test("timeout: the gap is reported when it is over", async () => {
  const clock = virtualClock();
  const { receiver, sender } = channel<string>();
  const timed = timeout(receiver, 200, clock);
  assertEquals([await timed.next(), clock.now()], [{ done: false, value: { kind: "elapsed" } }, 200]);
  const second = timed.next();
  await idle();
  assertEquals(clock.open(), 0);
  sender.send("late");
  assertEquals((await second).value, { kind: "item", value: "late" });
});

Deno.test("timeout: a slow consumer makes no gap", async () => {
  const clock = virtualClock();
  const { receiver, sender } = channel<string>();
  const timed = timeout(receiver, 200, clock);
  sender.send("a");
  await timed.next();
  await clock.wait(1000).done;
  sender.send("b");
  assertEquals((await timed.next()).value, { kind: "item", value: "b" });
});

Deno.test("timeout: closing it while the source is silent ends the request and leaves no wait", async () => {
  const clock = virtualClock();
  const { receiver, sender } = channel<string>();
  const timed = timeout(receiver, 200, clock);
  const pending = timed.next();
  assertEquals(clock.open(), 1);
  assertEquals(await timed.return?.(), { done: true, value: undefined });
  assert((await pending).done);
  assertEquals({ closed: sender.closed.aborted, open: clock.open(), now: clock.now() }, {
    closed: true,
    open: 0,
    now: 0,
  });
});

Deno.test("timeout: closing it after the report ends the request too", async () => {
  const clock = virtualClock();
  const timed = timeout(channel<string>().receiver, 200, clock);
  await timed.next();
  const pending = timed.next();
  await timed.return?.();
  assert((await pending).done);
});

Deno.test("timeout: the source's error arrives once and leaves no wait", async () => {
  const clock = virtualClock();
  const { receiver, sender } = channel<string>();
  const timed = timeout(receiver, 200, clock);
  const pending = timed.next();
  sender.fail(new RangeError("lost"));
  await assertRejects(() => pending, RangeError, "lost");
  assertEquals(clock.open(), 0);
  assert((await timed.next()).done);
});

import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { channel } from "../../lib/streams/channel.ts";
import { taskProducer } from "../../lib/streams/task_producer.ts";
import { throttle } from "../../lib/streams/throttle.ts";
import { idle, virtualClock } from "../virtual_clock.ts";

Deno.test("throttle: delays every item but the first until `ms` have passed, and drops none", async () => {
  const delays = fc.array(fc.integer({ min: 0, max: 900 }), { maxLength: 12 });
  await fc.assert(fc.asyncProperty(delays, async (gaps) => {
    const clock = virtualClock();
    const numbers = taskProducer(gaps.map((afterMs, value) => ({ afterMs, value })), clock);
    numbers.start();
    const seen: (readonly [value: number, at: number])[] = [];
    for await (const value of throttle(numbers.items, 500, clock)) seen.push([value, clock.now()]);
    let arrival = 0;
    let free = 0;
    const expected = gaps.map((ms, value) => {
      arrival += ms;
      const at = Math.max(arrival, free);
      free = at + 500;
      return [value, at] as const;
    });
    assertEquals(seen, expected);
    assertEquals(clock.open(), 0);
  }));
});

Deno.test("throttle: does not ask the source before the delay is over", async () => {
  const clock = virtualClock();
  const asked: number[] = [];
  const source: AsyncIterableIterator<string> = {
    next: () => (asked.push(clock.now()), Promise.resolve({ done: false, value: "a" })),
    [Symbol.asyncIterator]: () => source,
  };
  const throttled = throttle(source, 500, clock);
  for (let item = 0; item < 3; item++) await throttled.next();
  assertEquals(asked, [0, 500, 1000]);
});

Deno.test("throttle: closing it during a delay ends the request at once and leaves no wait", async () => {
  const clock = virtualClock();
  const { receiver, sender } = channel<string>();
  const throttled = throttle(receiver, 500, clock);
  sender.send("a");
  sender.send("b");
  await throttled.next();
  const pending = throttled.next();
  assertEquals(clock.open(), 1);
  assertEquals(await throttled.return?.(), { done: true, value: undefined });
  assert((await pending).done);
  assertEquals([sender.closed.aborted, clock.open(), clock.now()], [true, 0, 0]);
  assert((await throttled.next()).done);
});

Deno.test("throttle: closing it while the source is silent ends the request", async () => {
  const clock = virtualClock();
  const throttled = throttle(channel<string>().receiver, 500, clock);
  const pending = throttled.next();
  await idle();
  await throttled.return?.();
  assert((await pending).done);
  assertEquals(clock.open(), 0);
});

Deno.test("throttle: waits only while a delay is left: not for the first item, and not for one that is late enough", async () => {
  const clock = virtualClock();
  const opened = async (afterMs: number) => {
    const { receiver, sender } = channel<string>();
    const throttled = throttle(receiver, 500, clock);
    sender.send("a");
    void throttled.next();
    const first = clock.open();
    await idle();
    await clock.wait(afterMs).done;
    void throttled.next();
    const second = clock.open();
    await throttled.return?.();
    return [first, second];
  };
  assertEquals(await opened(499), [0, 1]);
  assertEquals(await opened(500), [0, 0]);
});

Deno.test("throttle: once it is closed, it neither waits nor asks the source, even one that cannot be closed", async () => {
  const clock = virtualClock();
  let asked = 0;
  const endless: AsyncIterable<number> = {
    [Symbol.asyncIterator]: () => ({ next: () => Promise.resolve({ done: false, value: ++asked }) }),
  };
  const throttled = throttle(endless, 500, clock);
  await throttled.next();
  const pending = throttled.next();
  await throttled.return?.();
  const after = throttled.next();
  assertEquals(clock.open(), 0);
  assertEquals([(await pending).done, (await after).done, asked], [true, true, 1]);
});

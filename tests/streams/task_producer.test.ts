import { assert, assertEquals } from "@std/assert";
import { taskIntervals } from "../../lib/streams/listing_17_41.ts";
import { taskProducer } from "../../lib/streams/task_producer.ts";
import { idle, virtualClock } from "../virtual_clock.ts";

const steps = [{ afterMs: 100, value: "a" }, { afterMs: 300, value: "b" }];

Deno.test("task producer: sleeps before each value and ends after the last", async () => {
  const clock = virtualClock();
  const producer = taskProducer(steps, clock);
  producer.start();
  const seen: (readonly [string, number])[] = [];
  for await (const value of producer.items) seen.push([value, clock.now()]);
  assertEquals(seen, [["a", 100], ["b", 400]]);
  assertEquals([await producer.ended, producer.sent(), clock.open()], [{}, 2, 0]);
});

Deno.test("task producer: is silent until it is started", async () => {
  const clock = virtualClock();
  const producer = taskProducer(steps, clock);
  await idle();
  assertEquals([clock.open(), producer.sent()], [0, 0]);
});

Deno.test("task producer: dropped at its sleep it leaves no wait and sends no more", async () => {
  const clock = virtualClock();
  const producer = taskIntervals(3_600_000, clock);
  producer.start();
  await producer.items.next();
  const pending = producer.items.next();
  assertEquals(clock.open(), 1);
  await producer.items.return?.();
  assertEquals(await producer.ended, {});
  assert((await pending).done);
  assertEquals([producer.sent(), clock.open(), clock.now()], [1, 0, 3_600_000]);
});

Deno.test("task producer: dropped before its start it ends at once", async () => {
  const clock = virtualClock();
  const producer = taskProducer(steps, clock);
  await producer.items.return?.();
  assertEquals([await producer.ended, producer.sent(), clock.open(), clock.now()], [{}, 0, 0, 0]);
});

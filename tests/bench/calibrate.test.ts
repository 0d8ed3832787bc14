import { assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import { calibrate } from "../../lib/bench/calibrate.ts";
import { ItemFailed } from "../../lib/errors.ts";
import type { Host } from "../../lib/exec/host/host.ts";
import { type FakeJob, type FakeMachine, fakeMachine } from "./fake_machine.ts";
import { numberedOrder, workOn } from "./fake_work.ts";

const machineFor = (job: FakeJob) => fakeMachine(job, { noise: 0, startMs: 20 });
const calibrated = (machine: FakeMachine, items: number, maxMs: number) =>
  calibrate(workOn(machine), numberedOrder(items), maxMs);

Deno.test("calibrate: batches of 1, 2, 4, ... items as long as the next one fits the time", async () => {
  const machine = machineFor({ computingMs: 10 });
  const { startMs, itemMs, computingMs, items } = await calibrated(machine, 1_000, 1_000);
  assertEquals([startMs, items], [20, 63]); // 1 + 2 + ... + 32; 64 more would end at 1,270 ms
  assertAlmostEquals(itemMs, 10);
  assertAlmostEquals(computingMs ?? NaN, 10);
  assertEquals((await calibrated(machineFor({ computingMs: 10 }), 1_000, 1_270)).items, 127); // starting does not count
});

Deno.test("calibrate: the first batch runs even if it takes too long, and each item runs once", async () => {
  assertEquals((await calibrated(machineFor({ computingMs: 5_000 }), 9, 1_000)).items, 1);
  const seen: unknown[] = [];
  const { items } = await calibrated(machineFor({ computingMs: (item) => (seen.push(item), 1) }), 9, 1_000);
  assertEquals([items, seen], [9, [0, 1, 2, 3, 4, 5, 6, 7, 8]]);
});

Deno.test("calibrate: the last batch counts alone, unless it has less than half of its items", async () => {
  const slowFrom = (first: number) => machineFor({ computingMs: (item) => Number(item) >= first ? 30 : 10 });
  assertAlmostEquals((await calibrated(slowFrom(7), 11, 10_000)).itemMs, 30); // 4 of 8
  assertAlmostEquals((await calibrated(slowFrom(7), 10, 10_000)).itemMs, 10); // 3 of 8
});

Deno.test("calibrate: what an item computes is its share of the time with work", async () => {
  const { itemMs, computingMs } = await calibrated(machineFor({ computingMs: 2, waitingMs: 8 }), 1_000, 1_000);
  assertAlmostEquals(itemMs, 10);
  assertAlmostEquals(computingMs ?? NaN, 2);
  const short = await calibrated(machineFor({ computingMs: 2 }), 10, 1_000); // 20 ms say nothing about CPU time
  assertEquals(short.computingMs, undefined);
});

Deno.test("calibrate: an item that fails is named by its index among the user's items", async () => {
  const machine = machineFor({ computingMs: 1, failure: (place) => place === 3 ? "bad" : undefined });
  const order = numberedOrder(20);
  const next = (count: number) => {
    const { bytes, indexOf } = order.next(count);
    return { bytes, indexOf: (place: number) => 100 + indexOf(place) };
  };
  const running = calibrate(workOn(machine), { length: 20, next }, 1_000);
  const error = await assertRejects(() => running, ItemFailed); // of the batch that begins at place 3, counted from 1
  assertEquals(error.message.match(/\d+/)?.[0], "107", error.message);
});

Deno.test("calibrate: ends with the batch in which it is stopped, and leaves no thread", async () => {
  const stop = new AbortController();
  const started: number[] = [];
  const machine = machineFor({
    computingMs(item) {
      started.push(Number(item));
      if (item === 2) stop.abort(new Error("enough"));
      return 1;
    },
  });
  await assertRejects(() => calibrate(workOn(machine, stop.signal), numberedOrder(100), 1_000), Error, "enough");
  assertEquals([Math.max(...started), machine.meter.rssBytes()], [2, 100e6]);
});

Deno.test("calibrate: stopped, it ends with the signal's reason also if items that heed the signal fail", async () => {
  const stop = new AbortController();
  const machine = machineFor({
    computingMs(item) {
      if (item === 2) stop.abort(new Error("enough"));
      return 1;
    },
    failure: () => stop.signal.aborted ? "aborted" : undefined,
  });
  await assertRejects(() => calibrate(workOn(machine, stop.signal), numberedOrder(100), 1_000), Error, "enough");
});

Deno.test("calibrate: no thread is left, and starting is timed from its own beginning", async () => {
  const machine = machineFor({ computingMs: 10 });
  await calibrated(machine, 3, 1_000);
  const { startMs } = await calibrated(machine, 3, 1_000);
  assertEquals([startMs, machine.meter.rssBytes()], [20, 100e6]);
});

Deno.test("calibrate: a last batch runs if what is left of it fits the time", async () => {
  assertEquals((await calibrated(machineFor({ computingMs: 10 }), 9, 90)).items, 9); // 1, 2, 4, and 2 of 8
  assertEquals((await calibrated(machineFor({ computingMs: 10 }), 9, 89)).items, 7);
});

Deno.test("calibrate: where the CPU time of a reading is not known, its time does not count either", async () => {
  const machine = machineFor({ computingMs: 10 });
  let readings = 0;
  const host: Host = (generation, onMessage) =>
    machine.host(
      generation,
      (message) =>
        onMessage(message.kind === "results" && ++readings % 2 === 0 ? { ...message, cpuMs: undefined } : message),
    );
  const { computingMs } = await calibrate({ ...workOn(machine), host }, numberedOrder(100), 10_000);
  assertAlmostEquals(computingMs ?? NaN, 10);
});

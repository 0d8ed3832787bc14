import { assertEquals } from "@std/assert";
import { KeptPlaces } from "../../../lib/exec/slot/kept_places.ts";
import { controlWord } from "../../../lib/exec/wire/protocol.ts";
import { heldItems, slotStage } from "./stage.ts";

/** A slot on a stage with a fixed width whose items say in their errors how many milliseconds to wait. */
function stage(tasks: number) {
  const timers: { at: number; callback: () => void }[] = [];
  const job = heldItems();
  const control = new Int32Array(controlWord.length);
  control[controlWord.tasks] = tasks;
  control[controlWord.nextOut] = -1;
  const after = (ms: number, callback: () => void) => void timers.push({ at: made.time.now + ms, callback });
  const hintOf = (thrown: unknown) => ({ afterMs: Number((thrown as Error).message) });
  const made = slotStage(job.run, { control, hintOf, keptPlaces: new KeptPlaces({ control, after }) });
  /** Lets this much time pass. */
  const rest = (ms: number) => {
    made.time.now += ms;
    for (const timer of timers.splice(0)) timer.at <= made.time.now ? timer.callback() : timers.push(timer);
  };
  return { ...made, job, rest };
}

Deno.test("slot: the place of an item whose error asks to wait stays empty for that long", async () => {
  const { give, job, rest } = stage(2);
  give("1", "2", "3", "4", "5");
  await job.fail(1, new Error("100"));
  await job.fail(2, new Error("300"));
  assertEquals(job.started, [1, 2]);
  rest(99);
  assertEquals(job.started, [1, 2]);
  rest(1);
  assertEquals(job.started, [1, 2, 3]);
  await job.end(3);
  assertEquals(job.started, [1, 2, 3, 4], "the other place goes on");
  await job.end(4);
  assertEquals(job.started, [1, 2, 3, 4, 5]);
});

Deno.test("slot: an error that asks for no wait, or for no other attempt, frees the place", async () => {
  const { give, job } = stage(1);
  give("1", "2", "3");
  await job.fail(1, new Error("0"));
  assertEquals(job.started, [1, 2]);
  await job.fail(2, new Error("-1"));
  assertEquals(job.started, [1, 2, 3]);
});

Deno.test("slot: while all places are kept empty it does not work", async () => {
  const { give, job, rest, time, results } = stage(1);
  give("1", "2");
  time.now += 10;
  await job.fail(1, new Error("1000"));
  rest(1000);
  time.now += 20;
  await job.end(2);
  assertEquals(results().map(({ ms }) => ms), [10, 20]);
});

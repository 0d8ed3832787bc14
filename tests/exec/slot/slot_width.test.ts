import { assert, assertEquals } from "@std/assert";
import { controlWord } from "../../../lib/exec/wire/protocol.ts";
import { heldItems, settled, slotStage } from "./stage.ts";

const beatMs = 10;

/** A slot on a stage whose width is chosen, with items that end when the test says so. */
function tunedStage(tasks: number, yields = 1) {
  const job = heldItems();
  const stage = slotStage(job.run, { tasks, tuned: true });
  stage.control[controlWord.yields] = yields;
  stage.control[controlWord.reportMs] = beatMs;
  return { ...stage, job };
}

Deno.test("slot: where the width is chosen, it reports without results while items run, and says that others want places", () => {
  const { give, elapse, results } = tunedStage(2);
  give("1", "2", "3");
  elapse(beatMs);
  elapse(beatMs);
  const reports = results();
  assertEquals(reports.map(({ stretches, full, failed }) => [stretches.length, full, failed]), [
    [0, true, 0],
    [0, true, 0],
  ]);
});

Deno.test("slot: it reports nothing once nothing runs, and again when something does", async () => {
  const { give, elapse, results, job } = tunedStage(2);
  give("1");
  await job.end(1);
  elapse(10 * beatMs);
  assertEquals(results().map(({ full }) => full), [false]);
  give("2");
  elapse(beatMs);
  assertEquals(results().map(({ full }) => full), [false]);
});

Deno.test("slot: results that leave are a report, too", async () => {
  const { give, elapse, results, job } = tunedStage(2);
  give("1", "2", "3", "4");
  elapse(beatMs - 3);
  await job.end(1);
  elapse(5); // the result has left
  assertEquals(results().map(({ stretches }) => stretches.length), [4]);
  elapse(beatMs - 6);
  assertEquals(results(), []);
});

Deno.test("slot: the place of an item that failed after waiting stays empty until main tells the width", async () => {
  const { slot, give, job, elapse, results } = tunedStage(3);
  give("1", "2", "3", "4", "5", "6");
  await job.fail(1, new Error("no"));
  await job.fail(2, new Error("no"));
  assertEquals(job.started, [1, 2, 3]);
  await job.fail(3, new Error("no"));
  assertEquals(job.started, [1, 2, 3, 4]); // one place is always left
  elapse(beatMs);
  assertEquals(results().reduce((sum, { failed = 0 }) => sum + failed, 0), 3);
  slot.widthTold();
  assertEquals(job.started, [1, 2, 3, 4, 5, 6]);
});

Deno.test("slot: no place is lost for a failure that main tolerates, nor for one without waiting", async () => {
  const { give, job } = tunedStage(1, 0);
  give("1", "2");
  await job.fail(1, new Error("no"));
  assertEquals(job.started, [1, 2]);
  const throws = () => {
    throw new Error("at once");
  };
  const plain = slotStage(throws, { tuned: true, tasks: 2 });
  plain.control[controlWord.yields] = 1;
  plain.give("1", "2", "3");
  await settled();
  assert(plain.results().every(({ failed }) => failed === 0));
});

Deno.test("slot: with a width of 0 nothing starts, what runs goes on, and it starts again when main says so", async () => {
  for (const tuned of [true, false]) {
    const job = heldItems();
    const { slot, give, control, seen } = slotStage(job.run, { tasks: 2, tuned });
    give("1", "2", "3", "4");
    control[controlWord.tasks] = 0;
    slot.widthTold();
    await job.end(1);
    give("5");
    assertEquals(job.started, [1, 2], `${tuned}`);
    await job.end(2);
    assertEquals(job.started, [1, 2]);
    control[controlWord.tasks] = 1;
    slot.widthTold();
    assertEquals(job.started, [1, 2, 3]);
    seen();
  }
});

import { assertEquals } from "@std/assert";
import type { Bounds } from "../../../lib/exec/tuning/bounds.ts";
import { ClimbingTuner } from "../../../lib/exec/tuning/climbing_tuner.ts";
import { computing, type Model, played, waiting } from "./played.ts";

const oneThread: Bounds = { threads: [1, 1], tasks: [1, 512] };
const oneTask: Bounds = { threads: [1, 4], tasks: [1, 1] };

/** What a tuner chooses after `from`, up to three seconds. */
function chosenFrom(from: number, bounds: Bounds, model: Model, until = 3_000): string[] {
  return played(new ClimbingTuner(bounds), model, until).filter((entry) => Number.parseInt(entry) >= from);
}

Deno.test("climbing, steps: items that take four times as long as the quickest are seen at the next look", () => {
  const crowding = waiting((places) => 20 * Math.max(1, places / 50) ** 1.5);
  // 128 of them take 82 ms: 40 fit, and a quarter is added; a trial of twice as many brings nothing.
  assertEquals(chosenFrom(1_080, oneThread, crowding), [
    "1080: 1 x 128",
    "1090: 1 x 40",
    "1220: 1 x 80",
    "1290: 1 x 40",
  ]);
});

Deno.test("climbing, steps: where two doublings bring little, it goes back to the fewest that were as quick", () => {
  const serving = waiting((places) => 20 * Math.max(1, places / 20));
  assertEquals(chosenFrom(1_050, oneThread, serving), [
    "1050: 1 x 64",
    "1100: 1 x 16", // what was measured at 32 had begun at 16
    "1240: 1 x 32",
    "1310: 1 x 64",
    "1430: 1 x 32",
  ]);
});

Deno.test("climbing, steps: items that take thrice as long are seen after a generation, and those that fit are tried", () => {
  const slower = waiting((places) => 20 * Math.max(1, places / 170));
  assertEquals(chosenFrom(1_130, oneThread, slower), [
    "1130: 1 x 512",
    "1250: 1 x 213",
    "1390: 1 x 426",
    "1440: 1 x 128",
    "1570: 1 x 256",
    "1640: 1 x 512",
    "1760: 1 x 256",
  ]);
});

Deno.test("climbing, steps: fewer tasks that cost speed are taken back, and not tried again", () => {
  const laterSlow: Model = (width, now) => waiting(() => now < 1_130 ? 20 : 60)(width, now);
  assertEquals(chosenFrom(1_110, oneThread, laterSlow), ["1110: 1 x 512", "1230: 1 x 214", "1510: 1 x 512"]);
});

Deno.test("climbing, steps: threads are judged once they are up, and what ran before has ended", () => {
  const starting = (most: number): Model => ({ threads }, now) => {
    const up = now < 1_150 ? 1 : threads;
    return { items: 10 * Math.min(most, up), ms: 10 * up, cpuMs: 10 * up, threads: up };
  };
  assertEquals(chosenFrom(1_000, oneTask, starting(4)), ["1010: 2 x 1", "1190: 4 x 1"]);
  assertEquals(chosenFrom(1_000, oneTask, starting(1)), ["1010: 2 x 1", "1190: 1 x 1"]);
});

Deno.test("climbing, steps: when items change, what had brought nothing is tried again", () => {
  const computes: Model = (width, now) => computing((threads) => now < 2_000 ? 10 : 30 * threads)(width, now);
  assertEquals(chosenFrom(1_000, oneTask, computes), ["1010: 2 x 1", "1060: 1 x 1", "2000: 2 x 1", "2050: 4 x 1"]);
  const waits: Model = (width, now) =>
    waiting((places) => now < 2_000 ? 20 * Math.max(1, places / 50) ** 1.5 : 100)(width, now);
  assertEquals(chosenFrom(2_000, oneThread, waits), [
    "2050: 1 x 32",
    "2410: 1 x 64",
    "2590: 1 x 128",
    "2750: 1 x 256",
    "2910: 1 x 512",
  ]);
});

Deno.test("climbing, steps: where CPU time is unknown and slots are not full, threads are tried at once", () => {
  const bounds: Bounds = { threads: [1, 4], tasks: [1, 512] };
  const model: Model = () => ({ items: 10, pendingMs: 10, full: false });
  assertEquals(chosenFrom(1_000, bounds, model), ["1010: 2 x 1", "1060: 1 x 1"]);
});

Deno.test("climbing, steps: items that wait and compute get tasks until threads compute, and then threads", () => {
  const bounds: Bounds = { threads: [1, 4], tasks: [1, 512] };
  const model: Model = ({ threads, tasks }) => {
    const items = Math.min(10 * threads, threads * tasks); // each computes for 1 ms and waits for 9
    return { items, pendingMs: 10 * threads * tasks, cpuMs: items };
  };
  assertEquals(chosenFrom(1_030, bounds, model), [
    "1030: 1 x 16",
    "1040: 1 x 32",
    "1050: 1 x 8",
    "1140: 1 x 16",
    "1190: 2 x 16",
    "1240: 4 x 16",
  ]);
});

Deno.test("climbing, steps: the first width counts, too: where two doublings bring little from there, it is the best", () => {
  const model: Model = ({ tasks }) => ({ items: 10, pendingMs: 10 * Math.min(2, tasks), cpuMs: 5 });
  assertEquals(chosenFrom(1_000, oneThread, model, 1_030), ["1000: 1 x 2", "1010: 1 x 4", "1020: 1 x 1"]);
});

import { assert, assertEquals } from "@std/assert";
import type { Bounds } from "../../../lib/exec/tuning/bounds.ts";
import { ClimbingTuner } from "../../../lib/exec/tuning/climbing_tuner.ts";
import { computing, type Model, played, waiting } from "./played.ts";

const wide: Bounds = { threads: [1, 4], tasks: [1, 512] };
const oneThread: Bounds = { ...wide, threads: [1, 1] };
const oneTask: Bounds = { ...wide, tasks: [1, 1] };

/** What a tuner chooses for a model in two seconds, and the tuner. */
function choices(bounds: Bounds, model: Model, until = 3_000) {
  const tuner = new ClimbingTuner(bounds);
  return { tuner, chosen: played(tuner, model, until) };
}

/** The widths without their times. */
const widths = (chosen: readonly string[]) => chosen.map((entry) => entry.replace(/^\d+: /, ""));

const silentItems: Model = () => ({ cpuMs: 0 });

Deno.test("climbing: it begins with the least that it may", () => {
  const tuner = new ClimbingTuner({ threads: [2, 4], tasks: [3, 9] });
  assertEquals([tuner.width, tuner.settled, tuner.finding], [{ threads: 2, tasks: 3 }, false, undefined]);
  assertEquals(tuner.yields, false);
});

Deno.test("climbing: while no item has told how long it takes, tasks double each 10 ms, from 64 on each 50", () => {
  assertEquals(choices(oneThread, silentItems).chosen, [
    "1000: 1 x 2",
    "1010: 1 x 4",
    "1020: 1 x 8",
    "1030: 1 x 16",
    "1040: 1 x 32",
    "1050: 1 x 64",
    "1100: 1 x 128",
    "1150: 1 x 256",
    "1200: 1 x 512",
  ]);
});

Deno.test("climbing: tasks do not double where places are free, or threads compute", () => {
  assertEquals(choices(oneThread, () => ({ cpuMs: 0, full: false })).chosen, []);
  assertEquals(choices(oneThread, () => ({ cpuMs: 9.3 })).chosen, []);
  assertEquals(choices(oneThread, () => ({ cpuMs: 9.1 }), 1_001).chosen, ["1000: 1 x 2"]);
});

Deno.test("climbing: readings of less than 10 ms are taken together", () => {
  const tuner = new ClimbingTuner(oneThread);
  const reading = { items: 0, ms: 3, pendingMs: 0, cpuMs: 0, threads: 1, full: true };
  const chosen = [0, 3, 6, 9, 12, 15].map((at) => tuner.observe(reading, 1_000 + at)?.tasks);
  assertEquals(chosen, [2, undefined, undefined, undefined, undefined, 4]);
});

Deno.test("climbing: items that wait get as many tasks as there may be, then nothing is left to try", () => {
  const { tuner, chosen } = choices(oneThread, waiting(() => 20));
  assertEquals(widths(chosen).at(-1), "1 x 512");
  assertEquals([tuner.settled, tuner.reportMs, tuner.finding], [true, 50, { itemMs: 20, cpuMs: 0 }]);
});

Deno.test("climbing: it has settled once nothing has changed for 200 ms, and hears less often from then on", () => {
  const tuner = new ClimbingTuner({ threads: [1, 1], tasks: [1, 1] });
  played(tuner, computing(() => 10), 1_200);
  assertEquals([tuner.settled, tuner.reportMs], [false, 50]);
  played(tuner, computing(() => 10), 1_230, 1_200);
  assertEquals(tuner.settled, true);
});

Deno.test("climbing: items that compute get threads as long as those pay off", () => {
  const { tuner, chosen } = choices(oneTask, computing((threads) => 10 * threads));
  assertEquals(chosen, ["1010: 2 x 1", "1060: 4 x 1"]);
  assertEquals([tuner.settled, tuner.listens, tuner.finding], [true, false, { itemMs: 1, cpuMs: 1 }]);
});

Deno.test("climbing: twice the threads must bring a tenth more, or it goes back and tries no others", () => {
  const gains = (factor: number) => choices(oneTask, computing((threads) => threads === 1 ? 100 : 100 * factor)).chosen;
  assertEquals(widths(gains(1.09)), ["2 x 1", "1 x 1"]);
  assertEquals(widths(gains(1.11)), ["2 x 1", "4 x 1", "2 x 1"]);
  const { tuner } = choices(oneTask, computing(() => 100));
  assertEquals([tuner.listens, tuner.width], [false, { threads: 1, tasks: 1 }]);
});

Deno.test("climbing: threads that compute less than most of their time get no company", () => {
  const busy = (cpuMs: number): Model => ({ threads }) => ({
    items: 10,
    pendingMs: 10,
    cpuMs: cpuMs * threads,
    full: false,
  });
  assertEquals(choices(wide, busy(7.9)).chosen, []);
  assertEquals(widths(choices(wide, busy(8.1)).chosen)[0], "2 x 1");
});

Deno.test("climbing: where tasks are at their limit, threads get company if that makes places, or if they compute at all", () => {
  const busy = (cpuMs: number): Model => ({ threads }) => ({ items: 40, pendingMs: 40, cpuMs: cpuMs * threads });
  const bounds: Bounds = { threads: [1, 2], tasks: [2, 4], places: 4 };
  assertEquals(choices({ ...bounds, places: 8 }, busy(0)).chosen.slice(0, 2), ["1000: 1 x 4", "1030: 2 x 4"]);
  assertEquals(choices(bounds, busy(2.9)).chosen, ["1000: 1 x 4"]);
  assertEquals(choices(bounds, busy(3.1)).chosen.slice(0, 2), ["1000: 1 x 4", "1030: 2 x 2"]);
});

Deno.test("climbing: where CPU time is unknown, threads are tried once tasks do not help", () => {
  const unknown: Model = ({ threads, tasks }) => ({ items: 10 * threads, pendingMs: 10 * threads * tasks });
  const { chosen, tuner } = choices(wide, unknown);
  const threads = widths(chosen).map((width) => Number(width[0]));
  assert(threads.indexOf(2) > 2, "tasks first");
  assertEquals([tuner.width.threads, tuner.finding?.cpuMs, tuner.settled], [4, undefined, true]);
});

Deno.test("climbing: an input that is too slow for one item at a time changes nothing", () => {
  const slow: Model = () => ({ items: 1, ms: 5, pendingMs: 5, cpuMs: 5 });
  const { tuner, chosen } = choices({ ...wide, tasks: [1, 1] }, slow);
  assertEquals([chosen, tuner.settled], [[], true]);
});

Deno.test("climbing: more places than a service has bring nothing: it goes back to about as many as that", () => {
  const serving = (most: number) => choices(oneThread, waiting((places) => 20 * Math.max(1, places / most))).tuner;
  for (const most of [20, 100]) {
    const tuner = serving(most);
    assert(tuner.width.tasks >= most && tuner.width.tasks <= 2 * most, `${tuner.width.tasks} for ${most}`);
    assert(tuner.settled);
  }
});

Deno.test("climbing: where more at once make all of them slower, it goes back at once, to those that fit and a little more", () => {
  const { chosen, tuner } = choices(oneThread, waiting((places) => 20 * Math.max(1, places / 50) ** 1.5));
  assertEquals(widths(chosen).slice(-4), ["1 x 128", "1 x 40", "1 x 80", "1 x 40"]);
  assertEquals([tuner.settled, tuner.finding?.itemMs], [true, 20]);
});

Deno.test("climbing: items that become other ones are tried anew", () => {
  const { chosen } = choices(
    oneThread,
    (width, now) => (now < 2_000 ? computing(() => 10) : waiting(() => 50))(width, now),
  );
  assertEquals([chosen[0], widths(chosen).at(-1)], ["2000: 1 x 2", "1 x 512"]);
  const back = choices(
    wide,
    (width, now) => (now < 2_000 ? waiting(() => 50) : computing((n) => 10 * n))(width, now),
    8_000,
  );
  assertEquals([back.tuner.width.threads, back.tuner.settled], [4, true], back.chosen.join());
});

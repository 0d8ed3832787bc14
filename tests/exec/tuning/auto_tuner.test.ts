import { assert, assertEquals } from "@std/assert";
import { autoTuner } from "../../../lib/exec/tuning/auto_tuner.ts";
import type { Bounds } from "../../../lib/exec/tuning/bounds.ts";
import type { Tuner } from "../../../lib/exec/tuning/tuner.ts";
import { type Decides, run } from "./world.ts";
import { type Bounded, type Failing, failing, grid, worlds } from "./worlds.ts";

const bounds: Bounds = { threads: [1, 2], tasks: [1, 512], places: 512 };

/** How much longer a run takes than with the best fixed width. */
function regret({ world }: Bounded, decides: Decides = autoTuner(bounds)): number {
  const best = Math.min(...grid.map((width) => run(world, { width }).elapsedMs));
  return run(world, decides).elapsedMs / best;
}

/** What a run makes of a world in which items fail: its share of the best speed, and of late items that failed. */
function outcome({ world, best }: Failing, decides: Decides = autoTuner(bounds)): { speed: number; failed: number } {
  const fixed = run(world, { width: { threads: 1, tasks: best } });
  const { ok, elapsedMs, lateFailed, lateEnded } = run(world, decides);
  return { speed: ok / elapsedMs / (fixed.ok / fixed.elapsedMs), failed: lateEnded === 0 ? 0 : lateFailed / lateEnded };
}

for (const [name, bounded] of Object.entries(worlds)) {
  Deno.test(`auto: ${name}: at most ${bounded.most} times as long as with the best fixed width`, () => {
    const found = regret(bounded);
    assert(found <= bounded.most, `${found.toFixed(3)} times`);
  });
}

for (const [name, world] of Object.entries(failing)) {
  Deno.test(`auto: ${name}: at least ${world.least} of the best speed, at most ${world.most} fail after a second`, () => {
    const { speed, failed } = outcome(world);
    assert(speed >= world.least, `${speed.toFixed(3)} of the speed`);
    assert(failed <= world.most, `${failed.toFixed(3)} failed`);
  });
}

Deno.test("auto: without CPU times, too, waiting gets tasks and computing gets threads", () => {
  for (const name of ["waits 20 ms", "waits 200 ms", "computes 1 ms", "waits 4, computes 1 ms"]) {
    const { world } = worlds[name];
    const found = regret({ world: { ...world, cpuKnown: false }, most: 1.2 });
    assert(found <= 1.2, `${name}: ${found.toFixed(3)} times`);
  }
});

Deno.test("auto: nor does it need CPU times that are finer than 10 ms", () => {
  for (const name of ["waits 2 ms", "waits 20 ms", "computes 1 ms", "waits 4, computes 1 ms", "waits, then computes"]) {
    const { world } = worlds[name];
    const found = regret({ world: { ...world, cpuStepMs: 10 }, most: 1.2 });
    assert(found <= 1.2, `${name}: ${found.toFixed(3)} times`);
  }
});

Deno.test("auto: never more threads, tasks or items at once than its bounds", () => {
  const narrow: Bounds = { threads: [2, 2], tasks: [1, 16], places: 24 };
  const { widths, widest } = run(worlds["waits 20 ms"].world, autoTuner(narrow));
  assert(widths.every(({ threads, tasks }) => threads === 2 && tasks <= 12), JSON.stringify(widths));
  assertEquals(widest, 24);
});

Deno.test("auto: does not widen for an input that one item at a time keeps up with", () => {
  const { widths } = run({ cores: 4, items: 500, item: () => ({ computeMs: 1 }), input: 0.3 }, autoTuner(bounds));
  assertEquals(widths.map(({ threads, tasks }) => ({ threads, tasks })), [{ threads: 1, tasks: 1 }]);
});

Deno.test("auto: adds no more threads than there are cores free", () => {
  const world = { cores: 1, items: 3_000, item: () => ({ computeMs: 1 }) };
  const { widths } = run(world, autoTuner({ threads: [1, 64], tasks: [1, 1] }));
  assertEquals(widths.at(-1)?.threads, 1, JSON.stringify(widths));
});

/** Tuners with a fault. Each must break a bound, or the worlds would not notice such a fault. */
const faults: Readonly<Record<string, (tuner: Tuner) => Decides>> = {
  "failures count as speed": (tuner) => ({
    ...following(tuner),
    observe: (reading, now) => tuner.observe({ ...reading, failed: 0 }, now),
  }),
  "a failed item's place is filled at once": (tuner) => ({ ...following(tuner), yields: false }),
  "full slots are not seen": (tuner) => ({
    ...following(tuner),
    observe: (reading, now) => tuner.observe({ ...reading, full: false }, now),
  }),
  "every slot seems full": (tuner) => ({
    ...following(tuner),
    observe: (reading, now) => tuner.observe({ ...reading, full: true, ms: 1e9 }, now),
  }),
  "silence says nothing": (tuner) => ({ ...following(tuner), tick: undefined }),
  "waiting seems to be computing": (tuner) => ({
    ...following(tuner),
    observe: (reading, now) => tuner.observe({ ...reading, cpuMs: reading.ms }, now),
  }),
  "readings without results are lost": (tuner) => ({
    ...following(tuner),
    observe: (reading, now) => reading.items === 0 ? undefined : tuner.observe(reading, now),
  }),
};

function following(tuner: Tuner): Decides {
  return {
    get width() {
      return tuner.width;
    },
    get yields() {
      return tuner.yields;
    },
    get reportMs() {
      return tuner.reportMs;
    },
    observe: (reading, now) => tuner.observe(reading, now),
    tick: (now) => tuner.tick(now),
  };
}

for (const [fault, plant] of Object.entries(faults)) {
  Deno.test(`auto: a world notices that ${fault}`, () => {
    const planted = () => plant(autoTuner(bounds));
    const isNoticed = Object.values(failing).some((world) => {
      const { speed, failed } = outcome(world, planted());
      return speed < world.least || failed > world.most;
    }) || Object.values(worlds).some((bounded) => regret(bounded, planted()) > bounded.most);
    assert(isNoticed);
  });
}

import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { type AdviceInput, advise } from "../../lib/bench/advice.ts";
import { type RatedCell } from "../../lib/bench/rated_cell.ts";
import { corners } from "../../lib/bench/experiment.ts";
import type { Phases } from "../../lib/model/comparison.ts";
import type { Cell, Mode } from "../../lib/model/grid.ts";

const phases = {
  startMs: 30,
  sendMs: 1,
  queueMs: 1,
  computingMs: 9,
  blockingMs: 0,
  waitingMs: 0.5,
  receiveMs: 1,
  transferMs: 0.5,
};

/** Cells with these ratios to serial, each known within 1 %. */
function ratedCells(ratios: Readonly<Record<Mode, number>>, lagP99Ms: number | null = null): RatedCell[] {
  return corners(2, 8).map((cell) => ({
    cell,
    startMs: 30 * cell.threads,
    ratio: ratios[cell.mode],
    interval: cell.mode === "serial" ? null : [ratios[cell.mode] * 0.99, ratios[cell.mode] * 1.01],
    itemsPerSecond: 100 * ratios[cell.mode],
    verdict: cell.mode === "serial" ? "baseline" : "faster",
    lagP99Ms,
    samples: [],
  }));
}

function adviceFor(ratios: Readonly<Record<Mode, number>>, rest: Partial<AdviceInput> = {}) {
  const ratioOf = (baseline: Cell, cell: Cell) => {
    const ratio = ratios[cell.mode] / ratios[baseline.mode];
    return { interval: { kind: "interval", low: ratio * 0.99, high: ratio * 1.01, level: 0.95 } as const };
  };
  return advise({ cells: ratedCells(ratios), ratioOf, phases, doubt: undefined, ...rest });
}

Deno.test("advise: the fastest cell, if it is shown to be the fastest", () => {
  const advice = adviceFor({ serial: 1, tasks: 1, threads: 1.9, both: 1.5 });
  assert(advice.kind === "use");
  assertEquals(advice.cell, { mode: "threads", threads: 2, tasks: 1 });
  assertEquals(
    advice.reason,
    "an item computes (90 % of its time), and it is 1.90× as fast as serial (1.88…1.92)",
  );
  // it starts 30 ms later, and saves 4.74 ms of 10 for each item
  assertEquals(advice.changes, ["It pays from 7 items on: its threads take 30.0 ms more to start"]);
});

Deno.test("advise: fewer threads and tasks, if the fastest cell is not shown to beat them", () => {
  const advice = adviceFor({ serial: 1, tasks: 8, threads: 2, both: 8.1 });
  assert(advice.kind === "use");
  assertEquals(advice.cell.mode, "tasks");
  assertStringIncludes(advice.reason, "both 2×4 uses more and is not measurably faster (1.00…1.02)");
});

Deno.test("advise: serial, if nothing is shown to be faster", () => {
  const advice = adviceFor({ serial: 1, tasks: 0.99, threads: 1.01, both: 0.9 });
  assert(advice.kind === "use");
  assertEquals(advice.cell, { mode: "serial", threads: 1, tasks: 1 });
  assertStringIncludes(
    advice.reason,
    "nothing else is shown to be faster; threads 2×1 uses more and is not measurably faster",
  );
});

Deno.test("advise: nothing if the measurement is in doubt", () => {
  assertEquals(adviceFor({ serial: 1, tasks: 1, threads: 2, both: 2 }, { doubt: "it rained" }), {
    kind: "none",
    reason: "it rained",
  });
});

Deno.test("advise: the reason says what an item spends its time on", () => {
  const reasonFor = (rest: Partial<Phases>) => {
    const advice = adviceFor({ serial: 1, tasks: 8, threads: 2, both: 8.1 }, { phases: { ...phases, ...rest } });
    return advice.reason.split(", and ")[0];
  };
  assertEquals(reasonFor({ computingMs: 0.2, waitingMs: 9.3 }), "an item waits (93 % of its time)");
  assertEquals(reasonFor({ computingMs: 4, waitingMs: 6 }), "an item computes 38 % of its time and waits 57 %");
  assertEquals(reasonFor({ computingMs: 0.1, blockingMs: 9.4 }), "an item blocks its thread (90 % of its time)");
  assertEquals(reasonFor({ transferMs: 20 }), "sending an item takes longer than the work on it");
  assertEquals(reasonFor({ computingMs: 0, waitingMs: 1e-4, transferMs: 4e-4 }), "an item takes only 500 ns");
  assertEquals(reasonFor({ computingMs: null, blockingMs: null, waitingMs: null }).startsWith("it is 8.00×"), true);
});

Deno.test("advise: what would change it", () => {
  const changesFor = (rest: Partial<AdviceInput>, ratios = { serial: 1, tasks: 8, threads: 2, both: 8.1 }) => {
    const advice = adviceFor(ratios, rest);
    assert(advice.kind === "use");
    return advice.changes;
  };
  assertEquals(changesFor({}), []);
  const sent = "Sending takes 50 % of an item's time: send a path or a number instead of the data";
  assertEquals(changesFor({ phases: { ...phases, transferMs: 9.5 } }), [sent]);
  const tiny = "Our own cost is 80 % of an item's time: put more work into each item";
  assertEquals(changesFor({ phases: { ...phases, computingMs: 1e-4, waitingMs: 0, transferMs: 4e-4 } }), [tiny]);
  const late = "A timer in its threads can be 80.0 ms late (p99): where that matters, run fewer tasks";
  assertEquals(changesFor({ cells: ratedCells({ serial: 1, tasks: 8, threads: 2, both: 8.1 }, 80) }), [late]);
});

Deno.test("advise: with one item all modes are equally wide, and none uses more", () => {
  const ratios = { serial: 1, tasks: 1.01, threads: 1, both: 1 };
  const alike = ratedCells(ratios).map((one) => ({ ...one, cell: { ...one.cell, threads: 1, tasks: 1 } }));
  assertEquals(adviceFor(ratios, { cells: alike }).reason.split(", and ")[1], "nothing else is shown to be faster");
});

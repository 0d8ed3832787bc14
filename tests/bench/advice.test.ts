import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { advise } from "../../lib/bench/advice.ts";
import { cells } from "../../lib/bench/experiment.ts";
import type { ComparedMode, Mode } from "../../lib/model.ts";

/** Modes with such ratios to serial, each known within 1 %. */
function modesOf(ratios: Readonly<Record<Mode, number>>): ComparedMode[] {
  return cells(2, 8).map((cell) => ({
    ...cell,
    ratio: ratios[cell.mode],
    interval: cell.mode === "serial" ? null : [ratios[cell.mode] * 0.99, ratios[cell.mode] * 1.01],
    itemsPerSecond: 100,
    verdict: cell.mode === "serial" ? "baseline" : "faster",
    reason: null,
    p50Ms: 1,
    p99Ms: 2,
    lagP99Ms: null,
    rssBytes: null,
    samples: [],
  }));
}

function adviceFor(ratios: Readonly<Record<Mode, number>>, doubt?: string) {
  const ratioOf = (baseline: Mode, mode: Mode) => {
    const ratio = ratios[mode] / ratios[baseline];
    return { interval: { kind: "interval", low: ratio * 0.99, high: ratio * 1.01, level: 0.95 } as const };
  };
  return advise(modesOf(ratios), ratioOf, doubt);
}

Deno.test("advise: the fastest, where it is shown to be", () => {
  const advice = adviceFor({ serial: 1, tasks: 1, threads: 1.9, both: 1.5 });
  assert(advice.kind === "use");
  assertEquals(advice.cell, { mode: "threads", threads: 2, tasks: 1 });
  assertEquals(advice.reason, "1.90× as fast as serial (1.88…1.92)");
});

Deno.test("advise: fewer threads and tasks, where the fastest is not shown to beat them", () => {
  const advice = adviceFor({ serial: 1, tasks: 8, threads: 2, both: 8.1 });
  assert(advice.kind === "use");
  assertEquals(advice.cell.mode, "tasks");
  assertStringIncludes(advice.reason, "both 2×4 shows no difference to it (1.00…1.02) and takes more");
});

Deno.test("advise: serial, where nothing is shown to be faster", () => {
  const advice = adviceFor({ serial: 1, tasks: 0.99, threads: 1.01, both: 0.9 });
  assert(advice.kind === "use");
  assertEquals(advice.cell, { mode: "serial", threads: 1, tasks: 1 });
  assertStringIncludes(advice.reason, "no mode is shown to be faster; threads 2×1 shows no difference");
});

Deno.test("advise: none while the measurement is in doubt", () => {
  assertEquals(adviceFor({ serial: 1, tasks: 1, threads: 2, both: 2 }, "it rained"), {
    kind: "none",
    reason: "it rained",
  });
});

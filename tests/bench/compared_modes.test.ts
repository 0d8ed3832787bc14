import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { compareCells, ratiosIn, viewSuite } from "../../lib/bench/compared_modes.ts";
import { type EntrantRun, entrantsOf } from "../../lib/bench/entrant.ts";
import { estimateRatio } from "../../lib/stats/ratio_estimate.ts";
import { control, entrants, reading, runsWith, type Times } from "./suite_runs.ts";

const times: Times = { serial: 400, control: 400, tasks: 200, threads: 210, both: 100 };
const two = { all: 2, needed: 2 };
const view = (runs: readonly EntrantRun[], cores = two) =>
  viewSuite(runs, { baseline: entrants[0].id, control: control.id }, cores);
const compared = (runs: readonly EntrantRun[]) => compareCells(entrants, view(runs));

Deno.test("viewSuite: the control has its ratio to the baseline, the interval of that, and all of its runs", () => {
  const seen = view([...runsWith(times, { rounds: 1, first: 0 }), ...runsWith({ ...times, control: 401 })]).control;
  assertAlmostEquals(seen.ratio ?? NaN, 400 / 401);
  assertAlmostEquals(seen.interval?.[0] ?? NaN, 400 / 401);
  assertEquals(seen.samples.map(({ round }) => round), [0, 1, 2, 3, 4, 5, 6, 7, 8]);
  assertEquals(seen.failed, false);
  assertEquals(view(runsWith({ ...times, control: 300 })).control.failed, true);
});

Deno.test("viewSuite: with the caller's estimate, which is for cells as well", () => {
  const estimate = (logRatios: readonly number[]) => ({ ...estimateRatio(logRatios), ratio: 7 });
  const seen = viewSuite(runsWith(times), { baseline: entrants[0].id, control: control.id }, two, estimate);
  assertEquals([seen.control.ratio, compareCells(entrants, seen)[1].ratio], [7, 7]);
});

Deno.test("ratiosIn: a cell is the one with its mode, threads and tasks; of one that did not run there is no ratio", () => {
  const cells = [1, 2, 3].flatMap((threads) => [1, 5].map((tasks) => ({ mode: "both", threads, tasks } as const)));
  const all = entrantsOf("job", [...cells, { mode: "threads", threads: 3, tasks: 5 }], undefined as never);
  const runs = all.map(({ id }, i): EntrantRun => ({ entrant: id, round: 1, ...reading(2 ** i) }));
  const ratioOf = ratiosIn({ runs, estimate: estimateRatio }, all);
  for (const [i, { cell }] of all.entries()) assertAlmostEquals(ratioOf(cell, all[0].cell).ratio, 2 ** i);
  assertThrows(() => ratioOf(all[0].cell, { mode: "both", threads: 4, tasks: 5 }), RangeError);
});

Deno.test("compareCells: serial is what the others are compared with, and warm-up rounds are shown only", () => {
  const modes = compared([...runsWith({ ...times, tasks: 900 }, { rounds: 1, first: 0 }), ...runsWith(times)]);
  assertEquals(modes.map(({ mode, verdict, reason }) => [mode, verdict, reason]), [
    ["serial", "baseline", null],
    ["tasks", "faster", null],
    ["threads", "faster", null],
    ["both", "faster", null],
  ]);
  assertEquals([modes[0].ratio, modes[0].interval], [1, null]);
  assertAlmostEquals(modes[1].ratio, 2);
  assertAlmostEquals(modes[1].interval?.[1] ?? NaN, 2);
  assertEquals(modes.map(({ samples }) => samples.length), [9, 9, 9, 9]);
  assertEquals(modes[1].elapsedMs, 200 * 1.45); // the median of 8 rounds
});

Deno.test("compareCells: why nothing is shown: too few rounds, the control, other programs on the cores that threads need", () => {
  const reasons = (runs: readonly EntrantRun[]) => compared(runs).map(({ reason }) => reason);
  const few = { kind: "too-few-rounds", rounds: 3, needed: 6 } as const;
  assertEquals(reasons(runsWith(times, { rounds: 3 })), [null, few, few, few]);
  const failed = { kind: "control-failed" } as const;
  assertEquals(reasons(runsWith({ ...times, control: 300 })), [null, failed, failed, failed]);
  const load = { ...reading(1).load, busyMs: 4_000, ownMs: 0 };
  const busy = view(runsWith(times, { change: () => ({ load }) }));
  const { foreignCores } = busy.contention;
  const contended = { kind: "contended", rounds: 8, foreignCores: foreignCores ?? NaN, cores: 2 } as const;
  assertEquals(compareCells(entrants, busy).map(({ reason }) => reason), [null, null, contended, contended]);
});

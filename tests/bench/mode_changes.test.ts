import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { viewSuite } from "../../lib/bench/compared_modes.ts";
import { corners } from "../../lib/bench/corners.ts";
import { controlOf, type EntrantRun, entrantsOf } from "../../lib/bench/entrant.ts";
import { modeChanges } from "../../lib/bench/mode_changes.ts";
import type { RunLoad } from "../../lib/model/run_reading.ts";
import { reading } from "./suite_runs.ts";

const cells = [corners(2, 4)[0], corners(2, 4)[2]];
const now = entrantsOf("job", cells, undefined as never);
const old = entrantsOf("old job", cells, undefined as never);
const control = controlOf(now[0]);

/** What each entrant takes in a round, in milliseconds: old and new in serial, the control, old and new in threads. */
interface Times {
  readonly serial: readonly [old: number, now: number];
  readonly control?: number;
  readonly threads?: readonly [old: number, now: number];
}

/** Rounds with these times, each slower than the one before; runs differ by up to 0.25 % more. */
function runsWith({ serial, control: again = serial[1], threads = [50, 50] }: Times, rounds = 8, load?: RunLoad) {
  const times = [serial[0], threads[0], serial[1], threads[1], again];
  return Array.from({ length: rounds }, (_, i) => i + 1).flatMap((round): EntrantRun[] =>
    [...old, ...now, control].map(({ id }, i) => {
      const drift = (1 + round / 10) * (1 + ((i + 1) * round * 7 % 11 - 5) / 2000);
      return { entrant: id, round, ...reading(times[i] * drift, load && { load }) };
    })
  );
}

function changesIn(runs: readonly EntrantRun[], within = 1.02) {
  const view = viewSuite(runs, { baseline: now[0].id, control: control.id }, { all: 2, needed: 2 });
  return modeChanges({ old, now, control: control.id, within }, view);
}

Deno.test("modeChanges: ratios of both jobs are taken within rounds, mode by mode", () => {
  const [serial, threads] = changesIn(runsWith({ serial: [100, 105], threads: [60, 50] }));
  assertAlmostEquals(serial.ratio, 100 / 105, 0.002);
  assertAlmostEquals(threads.ratio, 60 / 50, 0.002);
  assertEquals([serial.mode, serial.verdict, serial.reason], ["serial", "slower", null]);
  assertEquals([threads.threads, threads.verdict, threads.reason], [2, "faster", null]);
  const [low, high] = serial.interval ?? [NaN, NaN];
  assert(low < serial.ratio && serial.ratio < high && high < 1 / 1.02);
});

Deno.test("modeChanges: the same within the margin, and nothing where the interval crosses it", () => {
  const words = (within: number) => changesIn(runsWith({ serial: [100, 105] }), within).map(({ verdict }) => verdict);
  assertEquals([words(1.02), words(1.1), words(1.05)], [["slower", "same"], ["same", "same"], ["unclear", "same"]]);
  const [{ reason }] = changesIn(runsWith({ serial: [100, 105] }), 1.05);
  assertEquals(reason, { kind: "no-difference" });
});

Deno.test("modeChanges: the old job's runs are there, compared with its own first mode", () => {
  const [serial, threads] = changesIn(runsWith({ serial: [100, 105], threads: [50, 50] }));
  assertEquals([serial.old.verdict, threads.old.verdict], ["baseline", "faster"]);
  assertAlmostEquals(threads.old.ratio, 2, 0.01);
  assertEquals(serial.old.samples.map(({ round }) => round), [1, 2, 3, 4, 5, 6, 7, 8]);
  assertAlmostEquals(serial.old.samples[0].elapsedMs, 110, 0.3);
});

Deno.test("modeChanges: a control that fails makes all unclear, unless the margin is wider than that", () => {
  const unsteady = runsWith({ serial: [100, 120], control: 124 });
  const [serial, threads] = changesIn(unsteady);
  assertEquals([serial.reason, threads.reason], [{ kind: "control-failed" }, { kind: "control-failed" }]);
  assertEquals(changesIn(unsteady, 1.05).map(({ verdict }) => verdict), ["slower", "same"]);
});

Deno.test("modeChanges: other programs on the cores make threads unclear, and too few rounds everything", () => {
  const load = { busyMs: 500, ownMs: 290, mainMs: 1, voluntarySwitches: 5, involuntarySwitches: 2 };
  const [serial, threads] = changesIn(runsWith({ serial: [100, 105] }, 8, load));
  assertEquals(serial.verdict, "slower");
  const { kind, ...told } = threads.reason ?? { kind: "none" };
  assertEquals([kind, Object.keys(told)], ["contended", ["rounds", "foreignCores", "cores"]]);
  for (const { interval, reason } of changesIn(runsWith({ serial: [100, 105] }, 5))) {
    assertEquals([interval, reason], [null, { kind: "too-few-rounds", rounds: 5, needed: 6 }]);
  }
});

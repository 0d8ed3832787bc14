import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { compareModes } from "../../lib/bench/comparison.ts";
import { cells } from "../../lib/bench/experiment.ts";
import type { JobRun } from "../../lib/bench/mode_rounds.ts";

type Times = Readonly<Record<JobRun["mode"], number>>;

const context = {
  job: "job.js",
  itemCount: 10,
  cells: cells(2, 4),
  cores: { all: 2, needed: 2 },
  digest: "abc",
  planned: 8,
  stopped: false,
};
const times: Times = { serial: 400, control: 400, tasks: 200, threads: 210, both: 100 };

/** Runs of such times; each round is slower than the one before, as on a machine that heats up. */
function runsOf(times: Times, rounds = 8, load = { busyMs: 300, ownMs: 290 }): JobRun[] {
  return Array.from({ length: rounds }, (_, i) => i + 1).flatMap((round) =>
    (Object.keys(times) as JobRun["mode"][]).map((mode) => {
      const elapsedMs = times[mode] * (1 + round / 10);
      return {
        mode,
        round,
        elapsedMs,
        load,
        rssBytes: 1000 * round,
        worked: { ms: 0.9 * elapsedMs, cpuMs: 0.6 * elapsedMs, knownMs: 0.8 * elapsedMs },
        itemMs: [1, 2, 3],
      };
    })
  );
}

Deno.test("compareModes: ratios are those of the rounds' pairs, whatever the rounds have in common", () => {
  const { rounds, control, modes, advice, digest, notices } = compareModes(runsOf(times), context);
  assertEquals([rounds, digest, notices], [8, "abc", []]);
  assertEquals(modes.map(({ verdict }) => verdict), ["baseline", "faster", "faster", "faster"]);
  for (const [i, ratio] of [1, 2, 400 / 210, 4].entries()) assertAlmostEquals(modes[i].ratio, ratio);
  assertAlmostEquals(control.ratio, 1);
  assertEquals(control.failed, false);
  assertEquals(modes[3].samples.map(({ round }) => round), [1, 2, 3, 4, 5, 6, 7, 8]);
  assertEquals([modes[0].p50Ms, modes[0].rssBytes], [2, 4500]);
  assert(advice.kind === "use");
  assertEquals(advice.cell, { mode: "both", threads: 2, tasks: 2 });
});

Deno.test("compareModes: what an item costs, of serial", () => {
  const { computingMs, waitingMs, sendingMs } = compareModes(runsOf(times), context).phases;
  const serialMs = 400 * 1.45 / 10; // the median round
  assertAlmostEquals(computingMs ?? NaN, 0.75 * 0.9 * serialMs);
  assertAlmostEquals(waitingMs ?? NaN, 0.25 * 0.9 * serialMs);
  assertAlmostEquals(sendingMs, 0.1 * serialMs);
});

Deno.test("compareModes: a round that was cut short is left out", () => {
  const runs = runsOf(times);
  const { rounds, notices } = compareModes(runs.slice(0, -1), { ...context, stopped: true });
  assertEquals([rounds, notices], [7, ["7 of 8 rounds were run, as it was stopped"]]);
});

Deno.test("compareModes: a control that shows a difference makes all unclear", () => {
  const { control, modes, advice } = compareModes(runsOf({ ...times, control: 360 }), context);
  assert(control.failed);
  assertEquals(modes.map(({ verdict }) => verdict), ["baseline", "unclear", "unclear", "unclear"]);
  assertEquals(advice.kind, "none");
});

Deno.test("compareModes: other programs on the cores make threads unclear, and no tasks", () => {
  const { contention, modes, advice } = compareModes(runsOf(times, 8, { busyMs: 500, ownMs: 290 }), context);
  assert(contention?.contended);
  assertEquals(modes.map(({ verdict }) => verdict), ["baseline", "faster", "unclear", "unclear"]);
  assertEquals(advice, { kind: "none", reason: "other programs took cores that threads need in 8 rounds" });
});

Deno.test("compareModes: nothing is made up where slots are processes", () => {
  const runs = runsOf(times).map((run) => ({ ...run, load: undefined, rssBytes: undefined }));
  const { contention, modes } = compareModes(runs, context);
  assertEquals([contention, modes[0].rssBytes, modes[0].samples[0].cpuMs], [null, null, null]);
});

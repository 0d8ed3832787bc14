import { assertAlmostEquals, assertEquals } from "@std/assert";
import { simplestBest } from "../../lib/bench/simplest_best.ts";
import { controlOf, summarizeControl } from "../../lib/bench/control.ts";
import { corners, experiments } from "../../lib/bench/experiment.ts";
import { compareSamples, summarize } from "../../lib/bench/summarize.ts";
import type { Sample } from "../../lib/model/claim.ts";
import type { Mode } from "../../lib/model/grid.ts";

/** Eight rounds of one mode. All runs of a round are slowed by the same factor. */
function runs(experiment: string, mode: Mode, ms: number, wobble = 0): Sample[] {
  return Array.from({ length: 8 }, (_, i) => ({
    experiment,
    mode,
    round: i + 1,
    elapsedMs: (ms + (i % 2 ? wobble : -wobble)) * (1 + i / 4),
  }));
}

Deno.test("compareSamples: rounds are paired, so drift cancels out; an unfinished round is left out", () => {
  const samples = [...runs("cpu", "serial", 200), ...runs("cpu", "threads", 100).slice(0, 7)];
  const { ratio, interval, rounds, ratios } = compareSamples(samples, "cpu", "serial", "threads");
  assertAlmostEquals(ratio, 2);
  assertEquals([rounds, ratios.length, interval?.length], [7, 7, 2]);
  assertEquals(compareSamples(samples.slice(0, 10), "cpu", "serial", "threads").interval, null);
  assertEquals(compareSamples([], "cpu", "serial", "threads").rounds, 0);
});

Deno.test("control: the first experiment in serial against itself", () => {
  const work = experiments.filter(({ id }) => id !== "cpu");
  assertEquals(controlOf(work), { ...work[0], id: "control" });
  const sound = [...runs("waiting", "serial", 200), ...runs("control", "serial", 200, 1)];
  assertEquals(summarizeControl(sound, work).failed, false);
  const broken = [...runs("waiting", "serial", 200), ...runs("control", "serial", 150)];
  const { failed, ratio } = summarizeControl(broken, work);
  assertEquals(failed, true);
  assertAlmostEquals(ratio, 4 / 3);
});

Deno.test("simplestBest: the first mode that the fastest one is not shown to beat", () => {
  const grid = corners(2, 8);
  const best = (samples: readonly Sample[]) => {
    const summaries = summarize(samples, experiments, grid);
    return simplestBest(
      summaries,
      (one, other) => compareSamples(samples, one.experiment, one.cell.mode, other.cell.mode),
    )
      .map(({ cell }) => cell.mode);
  };
  assertEquals(best([...runs("cpu", "serial", 200), ...runs("cpu", "both", 199)]), ["serial"]);
  assertEquals(best([...runs("cpu", "serial", 200), ...runs("cpu", "threads", 101), ...runs("cpu", "both", 100)]), [
    "threads",
  ]);
});

import { assertAlmostEquals, assertEquals } from "@std/assert";
import { allRunsOf, logRatiosOf, runsOf } from "../../lib/bench/pairs.ts";
import { control, entrants, runsWith } from "./suite_runs.ts";

const [{ id: serial }, { id: tasks }] = entrants;
const times = { serial: 400, control: 400, tasks: 200, threads: 210, both: 100 };

Deno.test("pairs: the runs of an entrant come by round, in whatever order they were made", () => {
  const runs = runsWith(times, { rounds: 5, first: -1 }).toReversed();
  assertEquals(
    allRunsOf(runs, serial).map(({ round, entrant }) => [round, entrant]),
    [-1, 0, 1, 2, 3].map((round) => [round, serial]),
  );
  assertEquals(runsOf(runs, control.id).map(({ round }) => round), [1, 2, 3]);
});

Deno.test("pairs: a ratio is of two runs of the same round, whatever their order, and of the time for each item", () => {
  const runs = runsWith(times, { rounds: 3, change: ({ mode }) => mode === "tasks" ? { items: 20 } : {} });
  for (const order of [runs, runs.toReversed()]) {
    const ratios = logRatiosOf(order, serial, tasks);
    assertEquals(ratios.length, 3);
    for (const ratio of ratios) assertAlmostEquals(ratio, Math.log(4));
  }
});

import { assertEquals } from "@std/assert";
import { isSettled } from "../../lib/bench/settled.ts";
import type { EntrantRun } from "../../lib/bench/entrant.ts";
import { entrants, runsWith, type Times } from "./suite_runs.ts";

const [serial, ...others] = entrants.map(({ id }) => id);
const settled = (runs: readonly EntrantRun[]) => isSettled(runs, others.map((other) => ({ baseline: serial, other })));
const clear: Times = { serial: 100, control: 100, tasks: 100, threads: 50, both: 50 };

Deno.test("isSettled: if every difference is clear, after 10 rounds and not before", () => {
  assertEquals(settled(runsWith(clear, { rounds: 10 })), true);
  assertEquals(settled(runsWith(clear, { rounds: 9 })), false);
});

Deno.test("isSettled: not if one difference is not clear", () => {
  const noisy = runsWith({ ...clear, both: 98 }, { rounds: 20 })
    .map((run) => run.entrant !== serial && run.round % 2 === 0 ? { ...run, elapsedMs: 1.05 * run.elapsedMs } : run);
  assertEquals(settled(noisy), false);
});

Deno.test("isSettled: warm-up rounds do not count", () => {
  assertEquals(settled([...runsWith(clear, { rounds: 3, first: -2 }), ...runsWith(clear, { rounds: 9 })]), false);
});

import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { type Level, measureSweep, sweepCells, type SweepFound } from "../../lib/claims/computing_sweep.ts";
import { crossings, crossover, judgeSweep } from "../../lib/claims/crossover.ts";
import { judge } from "../../lib/claims/judge.ts";
import type { JobReference } from "../../lib/model/item.ts";
import { fakeMachine } from "../bench/fake_machine.ts";
import { place, quickLab } from "./lab.ts";

const rounds = Array.from({ length: 8 }, (_, i) => i / 1e3);

/** A level at which threads take `ratio` times as long as tasks, but for some noise. */
const level = (aloneMs: number, ratio: number, noise = 1): Level => ({
  aloneMs: rounds.map(() => aloneMs),
  tasksMs: rounds.map(() => 1),
  threadsMs: rounds.map((shift) => ratio * (1 + noise * (shift - 0.0035))),
});

const found = (...levels: readonly Level[]): SweepFound => {
  const cells = sweepCells({ threads: 2, tasks: 32 });
  return { items: 16, waitMs: 2, cells, levels, theoryMs: 2 };
};

const verdictOn = (sweep: SweepFound) =>
  judge([{ claim: crossover, finding: judgeSweep(sweep), loads: [] }], [], place)[0]?.verdict;

Deno.test("crossover: both ends have to be beyond 1 with their intervals", () => {
  const ends = (first: number, last: number) => found(level(0.1, first), level(1.1, 1.5), level(9.1, last));
  assertEquals([ends(5, 0.6), ends(1.01, 0.99)].map(verdictOn), ["holds", "holds"]);
  assertEquals([ends(5, 1.01), ends(0.99, 0.6), ends(0.5, 2)].map(verdictOn), ["fails", "fails", "fails"]);
  assertEquals([ends(5, 1), ends(1, 0.6)].map(verdictOn), ["unclear", "unclear"]);
  assertEquals(verdictOn(found(level(0.1, 1.5, 250), level(9.1, 0.6))), "unclear");
});

Deno.test("crossover: the break-even is interpolated in log space, and told only if the claim holds", () => {
  const sweep = found(level(0.1, 5), level(1.1, 2), level(4.1, 0.5));
  const { breakEven, low, high } = judgeSweep(sweep).evidence.quantities;
  assertAlmostEquals(breakEven.value, 2, 0.02); // the middle of 1 and 4
  assert(
    breakEven.unit === "ms" && breakEven.interval![0] < breakEven.value && breakEven.interval![1] > breakEven.value,
  );
  assertAlmostEquals(low.value, 5, 0.02);
  assertAlmostEquals(high.value, 2, 0.02);
  assertEquals("breakEven" in judgeSweep(found(level(0.1, 5), level(4.1, 1.5))).evidence.quantities, false);
  const never = crossings(found(level(0.1, 5), level(1.1, 2), level(4.1, 1.5)).levels);
  const atOnce = crossings(found(level(0.1, 5), level(1.1, 0.9), level(4.1, 0.5)).levels);
  assertAlmostEquals(Math.exp(never[0]), 4);
  assertAlmostEquals(Math.exp(atOnce[0]), 1);
});

/** A machine on which items wait 2 ms and compute as long as `primes` does. */
function machine(cores: number) {
  const primesMs = (limit: number) => 0.5 * (limit / 20_000) ** 1.45;
  const jobOf = ({ name }: Extract<JobReference, { kind: "builtin" }>) =>
    name === "primes"
      ? { computingMs: (item: unknown) => primesMs(item as number) }
      : { computingMs: (item: unknown) => primesMs((item as { limit: number }).limit), waitingMs: 2 };
  return fakeMachine((reference) => jobOf(reference as Extract<JobReference, { kind: "builtin" }>), { cores });
}

const labOn = ({ clock, host, meter }: ReturnType<typeof machine>, threads = 2) =>
  quickLab({ clock, host, meter, threads, cores: { all: threads, usable: threads } });

Deno.test("crossover: on a machine as theory has it, it holds, and the break-even is near wait / (threads - 1)", async () => {
  for (const threads of [2, 3, 32]) {
    const sweep = await measureSweep(labOn(machine(threads), threads));
    const { breakEven } = judgeSweep(sweep).evidence.quantities;
    assertEquals(verdictOn(sweep), "holds");
    assertAlmostEquals(breakEven.value, 2 / (threads - 1), 0.2 * 2 / (threads - 1));
  }
});

Deno.test("crossover: it fails where tasks compute in parallel, and does not hold where threads share a core", async () => {
  const lab = labOn(machine(2));
  const { threads } = sweepCells(lab);
  const parallel = { threads, tasks: { ...threads, tasks: 16 } };
  assertEquals(verdictOn(await measureSweep(lab, parallel)), "fails");
  const shared = verdictOn(await measureSweep(labOn(machine(1))));
  assert(shared === "fails" || shared === "unclear", shared);
});

Deno.test("crossover: each level has all runs of each round, and computes longer than the one before", async () => {
  const { levels, items, waitMs, theoryMs } = await measureSweep(quickLab({ cores: place.cores }));
  assertEquals([levels.length, items], [4, 16]);
  for (const { aloneMs, tasksMs, threadsMs } of levels) {
    assert(aloneMs.length >= 7 && tasksMs.length === aloneMs.length && threadsMs.length === aloneMs.length);
    assert(tasksMs.every((ms) => ms >= 1) && threadsMs.every((ms) => ms >= 8)); // a wait, and 8 one after the other
  }
  assert(waitMs >= 1 && theoryMs !== null && theoryMs > 0);
  const shortest = levels.map(({ aloneMs }) => Math.min(...aloneMs));
  assertEquals(shortest, shortest.toSorted((a, b) => a - b));
});

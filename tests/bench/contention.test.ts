import { assertAlmostEquals, assertEquals } from "@std/assert";
import {
  contendedReason,
  contention,
  foreignCores,
  isContended,
  loadBetween,
  loadsOf,
} from "../../lib/bench/contention.ts";
import { runsWith } from "./suite_runs.ts";

const quiet = { elapsedMs: 1000, busyMs: 1510, ownMs: 1500 };
const busy = { elapsedMs: 1000, busyMs: 2000, ownMs: 1500 };
const two = { all: 2, needed: 2 };

Deno.test("foreignCores: cores that other programs keep busy", () => {
  assertAlmostEquals(foreignCores(quiet), 0.01);
  assertAlmostEquals(foreignCores(busy), 0.5);
});

Deno.test("isContended: fewer cores were free than the threads need", () => {
  assertEquals(isContended(quiet, two), false);
  assertEquals(isContended(busy, two), true);
  assertEquals(isContended(busy, { all: 64, needed: 2 }), false);
  assertEquals(isContended(busy, { all: 2, needed: 1 }), false);
});

Deno.test("isContended: the kernel's ticks in a short round are not contention", () => {
  assertEquals(isContended({ elapsedMs: 50, busyMs: 90, ownMs: 80 }, two), false);
  // a tick of each core is 0.2 cores here, and 0.1 is tolerated
  assertEquals(isContended({ elapsedMs: 100, busyMs: 185, ownMs: 160 }, two), false);
  assertEquals(isContended({ elapsedMs: 100, busyMs: 195, ownMs: 160 }, two), true);
});

Deno.test("contention: more than a fifth of the rounds", () => {
  assertEquals(contention([busy, quiet, quiet, quiet, quiet], two).contended, false);
  const { rounds, contended, foreignCores } = contention([busy, busy, quiet, quiet, quiet], two);
  assertEquals([rounds, contended], [2, true]);
  assertAlmostEquals(foreignCores!, 0.206);
});

Deno.test("contention: where the system does not tell how busy its cores are, nothing is said of other programs", () => {
  const untold = runsWith({ serial: 9, tasks: 9, threads: 9, both: 9, control: 9 }).map((run) => ({
    ...run,
    load: { ...run.load, busyMs: null },
  }));
  assertEquals(loadsOf(untold), []);
  assertEquals(contention(loadsOf(untold), two), { foreignCores: null, rounds: 0, contended: false });
  assertEquals(loadBetween({ ms: 0, busyMs: undefined, ownMs: 1 }, { ms: 9, busyMs: undefined, ownMs: 5 }), undefined);
});

Deno.test("loadsOf: the timed spans of each round together, without warm-up rounds and runs that tell nothing", () => {
  const times = { serial: 10, tasks: 20, threads: 30, both: 40, control: 50 };
  const runs = runsWith(times, { rounds: 4, first: -1 });
  const loads = loadsOf(runs);
  assertEquals(loads.map(({ busyMs, ownMs }) => [busyMs, ownMs]), [[5 * 300, 5 * 290], [5 * 300, 5 * 290]]);
  for (const [i, factor] of [1.1, 1.2].entries()) assertAlmostEquals(loads[i].elapsedMs, 150 * factor);
  const untold = runs.map((run) => run.round === 1 ? { ...run, load: { ...run.load, busyMs: null } } : run);
  assertEquals(loadsOf(untold), loads.slice(1));
});

Deno.test("loadBetween: what was used between two readings, if both tell", () => {
  const [before, after] = [{ ms: 100, busyMs: 1_000, ownMs: 70 }, { ms: 150, busyMs: 1_080, ownMs: 90 }];
  assertEquals(loadBetween(before, after), { elapsedMs: 50, busyMs: 80, ownMs: 20 });
  assertEquals(loadBetween({ ...before, busyMs: undefined }, after), undefined);
  assertEquals(loadBetween(before, { ...after, busyMs: undefined }), undefined);
});

Deno.test("contendedReason: only where many rounds were contended, with what was seen", () => {
  const seen = { rounds: 3, foreignCores: 0.5, contended: true };
  assertEquals(contendedReason(seen, { all: 2 }), { kind: "contended", rounds: 3, foreignCores: 0.5, cores: 2 });
  assertEquals(contendedReason({ ...seen, contended: false }, { all: 2 }), undefined);
});

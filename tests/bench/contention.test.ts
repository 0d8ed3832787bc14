import { assertAlmostEquals, assertEquals } from "@std/assert";
import { contention, foreignCores, isContended, loadBetween, loadsOf } from "../../lib/bench/contention.ts";
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

import { assert, assertEquals } from "@std/assert";
import { type LostUpdatesFound, measureLostUpdates } from "../../lib/claims/lost_updates.ts";
import { judgeLostUpdates } from "../../lib/claims/shared_state_races.ts";
import { place, pushTo, quickLab } from "./lab.ts";

/** What is found if so many of 1,000 additions are lost, while other programs keep so many cores busy. */
function found(plain: number, atomic: number, foreignCores = 0): LostUpdatesFound {
  const lost = (lost: number) => ({ all: 1000, lost });
  return {
    plain: lost(plain),
    atomic: lost(atomic),
    inOneGo: lost(0),
    awaiting: lost(900),
    threads: 2,
    lostInRound: [plain],
    load: { elapsedMs: 1000, ownMs: 1000, busyMs: 1000 * (1 + foreignCores) },
  };
}

Deno.test("shared-state-races: holds if plain additions are lost, and atomic ones are not", () => {
  const test = (found: LostUpdatesFound) => judgeLostUpdates(found, place).test;
  assertEquals(test(found(1, 0)), { kind: "counted", holds: true });
  assertEquals(test(found(0, 0)), { kind: "counted", holds: false });
  assertEquals(test(found(1, 1)), { kind: "counted", holds: false });
  assertEquals(test(found(1, 0, 1)), { kind: "counted", holds: true });
});

Deno.test("shared-state-races: is open if nothing was lost while other programs used the cores", () => {
  const reason = { kind: "contended", rounds: 1, foreignCores: 1, cores: 2 } as const;
  assertEquals(judgeLostUpdates(found(0, 0, 1), place).test, { kind: "open", reason });
});

Deno.test("shared-state-races: on one core, it holds if something was lost, and is open if not", () => {
  const oneCore = { cores: { all: 2, usable: 1 } };
  assertEquals(judgeLostUpdates(found(1, 0), oneCore).test, { kind: "counted", holds: true });
  const reason = { kind: "too-few-cores", cores: 2, usableCores: 1 } as const;
  assertEquals(judgeLostUpdates(found(0, 0), oneCore).test, { kind: "open", reason });
});

Deno.test("shared-state-races: measured, atomic additions and those in one go are never lost", async () => {
  const shares: number[] = [];
  const found = await measureLostUpdates(quickLab({ budgetMs: 1, step: pushTo(shares) }));
  assertEquals([found.atomic.lost, found.inOneGo.lost], [0, 0]);
  assertEquals(found.awaiting, { all: 10_000, lost: 9_900 }); // all tasks read before one of them writes
  assertEquals(found.lostInRound.length, 3);
  assert(found.plain.lost >= 0 && found.plain.all > 0 && found.atomic.all > 0);
  assertEquals(found.plain.lost, found.lostInRound.reduce((sum, lost) => sum + lost));
  assertEquals([shares[0], shares.at(-1)], [0, 1]);
  const { test } = judgeLostUpdates(found, place);
  assert(found.plain.lost === 0 || test.kind === "counted" && test.holds);
});

Deno.test("shared-state-races: plain additions that are atomic turn the verdict", async () => {
  const { test } = judgeLostUpdates(await measureLostUpdates(quickLab({ budgetMs: 1 }), "atomic"), place);
  assert(test.kind === "open" || test.kind === "counted" && !test.holds, JSON.stringify(test));
});

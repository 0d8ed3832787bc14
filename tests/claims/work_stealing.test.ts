import { assert, assertEquals } from "@std/assert";
import { judge } from "../../lib/claims/judge.ts";
import { asSplit, measureStealing, type StealingFound } from "../../lib/claims/stealing.ts";
import { judgeStealing, workStealing } from "../../lib/claims/work_stealing.ts";
import { type FakeMachine, fakeMachine } from "../bench/fake_machine.ts";
import { place, quickLab } from "./lab.ts";

const verdictOn = (found: StealingFound) =>
  judge([{ claim: workStealing, finding: judgeStealing(found), loads: [] }], [], place)[0]?.verdict;

/** A machine on which the time of `primes` grows as it does on a real one; nothing else disturbs it. */
const primesMachine = (computingMs = (limit: unknown) => 0.5 * (Number(limit) / 20_000) ** 1.45) =>
  fakeMachine({ computingMs, result: () => 1 });

const labOn = ({ clock, host, meter }: FakeMachine) => quickLab({ clock, host, meter });

Deno.test("work-stealing: 2 % less time is its limit", () => {
  const stealingMs = Array.from({ length: 12 }, (_, i) => 25 + i / 100);
  const found = (ratio: number): StealingFound => ({
    ...{ items: 64, stealingMs, splitMs: stealingMs.map((ms) => ratio * ms) },
    ...{ most: stealingMs.map(() => 41), longestMs: stealingMs.map(() => 10) },
  });
  assertEquals([found(1.03), found(1.01), found(0.9)].map(verdictOn), ["holds", "fails", "fails"]);
  const { most, longest } = judgeStealing(found(1.2)).evidence.quantities;
  assertEquals([most.value, most.of, longest.value], [41, 64, 10]);
});

Deno.test("work-stealing: all items run, each in one thread", async () => {
  const { items, splitMs, stealingMs, most, longestMs } = await measureStealing(quickLab());
  assertEquals([splitMs, stealingMs, most, longestMs].map(({ length }) => length), [12, 12, 12, 12]);
  for (const [round, count] of most.entries()) {
    assert(count >= items / 2 && count <= items, `${count}`);
    assert(stealingMs[round] >= longestMs[round] && splitMs[round] > 0, `${stealingMs[round]} ${longestMs[round]}`);
  }
});

Deno.test("work-stealing: on a machine as theory has it, it holds; it does not without stealing, or for equal items", async () => {
  const found = await measureStealing(labOn(primesMachine()));
  const { effect } = judgeStealing(found);
  assertEquals(verdictOn(found), "holds");
  assert(effect! > 1.1 && effect! < 1.4, `${effect}`);
  assertEquals(verdictOn(await measureStealing(labOn(primesMachine()), asSplit, asSplit)), "fails");
  assertEquals(verdictOn(await measureStealing(labOn(primesMachine(() => 1)))), "fails");
});

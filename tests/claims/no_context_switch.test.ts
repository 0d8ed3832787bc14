import { assert, assertEquals } from "@std/assert";
import { measureHops } from "../../lib/claims/hops.ts";
import { judge } from "../../lib/claims/judge.ts";
import { judgeHops, noContextSwitch } from "../../lib/claims/no_context_switch.ts";
import type { HopsFound } from "../../lib/claims/hops.ts";
import { place, quickLab } from "./lab.ts";

const verdictOn = (found: HopsFound) =>
  judge([{ claim: noContextSwitch, finding: judgeHops(found), loads: [] }], [], place)[0]?.verdict;

Deno.test("no-context-switch: 10 times as long, and a switch in 100 hops, are its limits", () => {
  const rounds = Array.from({ length: 12 }, (_, i) => 1 + i / 1e4);
  const found = (ratio: number, tasksSwitches?: number): HopsFound => ({
    pairs: { tasksMs: rounds, threadsMs: rounds.map((ms) => ratio * ms) },
    messageMs: rounds,
    switches: tasksSwitches === undefined ? null : { tasks: tasksSwitches, threads: 1 },
  });
  assertEquals([found(10.1), found(9.9), found(10.1, 0.009)].map(verdictOn), ["holds", "fails", "holds"]);
  assertEquals([found(10.1, 0.011), found(1e6, 1)].map(verdictOn), ["fails", "fails"]);
  const { quantities, says } = judgeHops(found(20, 0.002)).evidence;
  assertEquals([quantities.taskSwitches.value, quantities.threadSwitches.value], [2, 1_000]);
  assert(says.includes("{taskSwitches}") && !judgeHops(found(20)).evidence.says.includes("{taskSwitches}"));
});

Deno.test("no-context-switch: each round has a hop of each kind", async () => {
  const { pairs, messageMs, switches } = await measureHops(quickLab());
  const series = [pairs.tasksMs, pairs.threadsMs, messageMs];
  assertEquals(series.map(({ length }) => length), [12, 12, 12]);
  assert(series.flat().every((ms) => ms > 0));
  assert(switches === null || switches.tasks >= 0 && switches.threads >= 0);
});

Deno.test("no-context-switch: it fails for tasks that block", async () => {
  const word = new Int32Array(new SharedArrayBuffer(4));
  const block = (hops: number) => {
    for (let hop = 0; hop < hops; hop++) Atomics.wait(word, 0, 0, 0.05);
    return Promise.resolve();
  };
  const found = await measureHops(quickLab(), block, { tasks: 40, memory: 200, messages: 20 });
  assertEquals(verdictOn(found), "fails");
});

import { assert, assertEquals, assertRejects } from "@std/assert";
import { claims } from "../../lib/claims/mod.ts";
import { type ClaimsCaller, type ClaimsWanted, testClaims } from "../../lib/claims/test_claims.ts";
import { NoWholeRound } from "../../lib/errors.ts";
import { type FakeMachine, fakeMachine } from "../bench/fake_machine.ts";
import { theory } from "./theory.ts";

function judge(machine: FakeMachine, wanted: Partial<ClaimsWanted> = {}, caller: Partial<ClaimsCaller> = {}) {
  const { clock, host, meter } = machine;
  const signal = new AbortController().signal;
  const all = { rounds: 12, seed: 42, tasks: 32, maxMs: 45_000, ...wanted };
  const cores = { all: 2, usable: 2 };
  return testClaims(claims, all, { clock, signal, cores, startMs: clock.now(), host, meter, ...caller });
}

Deno.test("testClaims: on a machine as theory has it all claims hold, and each work has its mode", async () => {
  const { claims, counts, rounds, control, works, notices } = await judge(fakeMachine(theory));
  assertEquals([counts.holds, rounds, control.failed, notices], [claims.length, 12, false, []]);
  assertEquals(works.map(({ work, advice }) => [work, advice.mode]), [
    ["cpu", "threads"],
    ["waiting", "tasks"],
    ["mixed", "both"],
  ]);
  for (const { modes } of works) {
    for (const { samples, p99Ms, lagP99Ms, rssBytes } of modes) {
      assert(samples.length === 12 && p99Ms !== null && lagP99Ms !== null && rssBytes > 0);
      assert(samples.every(({ cpuMs }) => cpuMs > 0));
    }
  }
});

Deno.test("testClaims: other programs on the cores leave only claims open that need them", async () => {
  const { claims } = await judge(fakeMachine(theory, { foreignCores: 0.8 }));
  assertEquals(claims.map(({ verdict, reason }) => [verdict, reason.kind]), [
    ["holds", "beyond-limit"],
    ["unclear", "contended"],
    ["holds", "beyond-limit"],
    ["unclear", "contended"],
  ]);
});

Deno.test("testClaims: one core leaves out what needs two", async () => {
  const cores = { all: 1, usable: 1 };
  const { counts } = await judge(fakeMachine(theory, { cores: 1 }), {}, { cores });
  assertEquals(counts, { holds: 2, fails: 0, unclear: 0, skipped: 2 });
});

Deno.test("testClaims: a short time limit means fewer rounds, and is kept", async () => {
  const machine = fakeMachine(theory);
  const { rounds, notices } = await judge(machine, { maxMs: 10_000 });
  assert(rounds >= 3 && rounds < 12 && machine.clock.now() <= 10_000, `${rounds} ${machine.clock.now()}`);
  assertEquals(notices.map(({ kind }) => kind), ["fewer-rounds"]);
});

Deno.test("testClaims: stopped before a round is over it rejects; later it has what whole rounds have shown", async () => {
  const stopAfter = (after: number) => {
    const stop = new AbortController();
    const onRun = (runs: number) => Promise.resolve(runs === after ? stop.abort(new Error("enough")) : undefined);
    return judge(fakeMachine(theory), {}, { signal: stop.signal, onRun });
  };
  await assertRejects(() => stopAfter(3), Error, "enough");
  const { rounds, claims, notices } = await stopAfter(30); // of 13 a round
  assertEquals([rounds, claims[0].reason.kind], [2, "too-few-rounds"]);
  assertEquals(notices, [{ kind: "fewer-rounds", rounds: 2, planned: 12, why: "stopped" }]);
});

Deno.test("testClaims: no whole round fits", async () => {
  await assertRejects(() => judge(fakeMachine(theory, { startMs: 400 }), { maxMs: 3_000 }), NoWholeRound, "within 3 s");
});

Deno.test("testClaims: stopped or out of time during the calibration, it rejects", async () => {
  for (const atMs of [10, 30, 100, 150, 300]) { // while threads start, and while items run
    const machine = fakeMachine(theory);
    const stop = new AbortController();
    void machine.clock.wait(atMs).done.then(() => stop.abort(new Error("enough")));
    await assertRejects(() => judge(machine, {}, { signal: stop.signal }), Error, "enough");
    await assertRejects(() => judge(fakeMachine(theory), { maxMs: atMs / 0.8 }), NoWholeRound);
  }
});

Deno.test("testClaims: cores that the threads do not need may be taken", async () => {
  const cores = { all: 8, usable: 8 };
  const busy = () => fakeMachine(theory, { cores: 8, foreignCores: 3 });
  const { contention, counts } = await judge(busy(), { threads: 2 }, { cores });
  assertEquals([contention.contended, counts.holds], [false, claims.length]);
  assert((await judge(busy(), { threads: 8 }, { cores })).contention.contended);
});

import { assert, assertEquals, assertRejects } from "@std/assert";
import { bothTogether } from "../../lib/claims/both_together.ts";
import type { Claim } from "../../lib/claims/claim.ts";
import { tasksNoParallelism } from "../../lib/claims/tasks_no_parallelism.ts";
import { type ClaimsCaller, type ClaimsStep, type ClaimsWanted, testClaims } from "../../lib/claims/test_claims.ts";
import { threadsParallel } from "../../lib/claims/threads_parallel.ts";
import { waitingNeedsTasks } from "../../lib/claims/waiting_needs_tasks.ts";
import type { JudgedClaim } from "../../lib/model/claim.ts";
import { type FakeMachine, fakeMachine } from "../bench/fake_machine.ts";
import { machineWithoutSlots, madeUp, madeUpClaim, pairedClaim } from "./made_up.ts";
import { theory } from "./theory.ts";

/** The claims that compare modes: they run on a machine that is made up. */
const ofModes = [tasksNoParallelism, threadsParallel, waitingNeedsTasks, bothTogether] as readonly Claim[];

function test(
  claims: readonly Claim[],
  machine: FakeMachine,
  wanted: Partial<ClaimsWanted> = {},
  caller: Partial<ClaimsCaller> = {},
) {
  const { clock, host, meter } = machine;
  const signal = new AbortController().signal;
  const defaults = { effort: "default", rounds: 12, seed: 42, tasks: 32, maxMs: 45_000, maxMemoryBytes: 1e9 } as const;
  const cores = { all: 2, usable: 2 };
  const called = { clock, signal, cores, startMs: clock.now(), host, meter, ...caller };
  return testClaims(claims, { ...defaults, ...wanted }, called);
}

const counted = (id: string, rest: Partial<Claim> = {}) => madeUpClaim(id, { kind: "counted", holds: true }, rest);
const verdictsOf = (claims: readonly JudgedClaim[]) =>
  claims.map(({ id, verdict, reason }) => `${id} ${verdict} ${reason.kind}`);

Deno.test("testClaims: on a machine as theory has it all hold, each work has its mode, and the advice follows", async () => {
  const { claims, counts, control, works, advice } = await test(ofModes, fakeMachine(theory));
  assertEquals([counts.holds, control?.failed, claims.length], [4, false, 4]);
  assertEquals(works.map(({ work, advice }) => [work, advice.mode]), [
    ["cpu", "threads"],
    ["waiting", "tasks"],
    ["mixed", "both"],
  ]);
  assertEquals(advice.uses.map(({ work, mode, claim }) => [work, mode, claim]), [
    ["waiting", "tasks", "waiting-needs-tasks"],
    ["computing", "threads", "threads-parallel"],
    ["mixed", "both", "both-together"],
  ]);
  assert(advice.uses.every(({ ratio }) => ratio > 1.2));
  for (const { modes, rounds } of works) {
    assert(rounds >= 9 && rounds <= 12, `${rounds}`); // Holm's method needs 8 for four claims
    for (const { samples, p99Ms, lagP99Ms, rssBytes } of modes) {
      assert(samples.length === rounds && p99Ms !== null && lagP99Ms !== null && rssBytes > 0);
      assert(samples.every(({ cpuMs }) => cpuMs > 0));
    }
  }
});

Deno.test("testClaims: claims on one kind of work share its runs", async () => {
  const machine = fakeMachine(theory);
  const alone = await test([tasksNoParallelism] as readonly Claim[], machine);
  const aloneMs = machine.clock.now();
  const shared = await test([tasksNoParallelism, threadsParallel] as readonly Claim[], fakeMachine(theory));
  assertEquals([alone.works.length, shared.works.length], [1, 1]);
  assert(shared.works[0].modes[0].samples.length === 12 && aloneMs > 0);
});

Deno.test("testClaims: other programs on the cores leave only claims open that need them", async () => {
  const { claims } = await test(ofModes, fakeMachine(theory, { foreignCores: 0.8 }));
  assertEquals(claims.map(({ id, verdict, reason }) => [id, verdict, reason.kind]), [
    ["tasks-no-parallelism", "holds", "beyond-limit"],
    ["threads-parallel", "unclear", "contended"],
    ["waiting-needs-tasks", "holds", "beyond-limit"],
    ["both-together", "unclear", "contended"],
  ]);
});

Deno.test("testClaims: tasks that compute in parallel, and threads that share a core, turn the verdicts", async () => {
  const parallelTasks = await test(
    [tasksNoParallelism] as readonly Claim[],
    fakeMachine(() => ({
      computingMs: 0.01,
      waitingMs: 3,
    })),
  );
  assertEquals(verdictsOf(parallelTasks.claims), ["tasks-no-parallelism fails beyond-limit"]);
  const oneCore = await test([threadsParallel, bothTogether] as readonly Claim[], fakeMachine(theory, { cores: 1 }));
  assertEquals(oneCore.counts.fails, 2);
  const blockingTasks = await test([waitingNeedsTasks] as readonly Claim[], fakeMachine(() => ({ computingMs: 5 })));
  assertEquals(verdictsOf(blockingTasks.claims), ["waiting-needs-tasks fails beyond-limit"]);
});

Deno.test("testClaims: on a machine as theory has it all hold with many cores too", async () => {
  for (const count of [4, 8, 16, 64]) {
    const machine = fakeMachine(theory, { cores: count });
    const { claims } = await test(ofModes, machine, {}, { cores: { all: count, usable: count } });
    assertEquals([count, ...claims.map(({ id, verdict }) => `${id} ${verdict}`)], [
      count,
      ...ofModes.map(({ id }) => `${id} holds`),
    ]);
  }
});

Deno.test("testClaims: one core skips what needs two", async () => {
  const cores = { all: 1, usable: 1 };
  const { counts } = await test(ofModes, fakeMachine(theory, { cores: 1 }), {}, { cores });
  assertEquals(counts, { holds: 2, fails: 0, unclear: 0, skipped: 2 });
});

Deno.test("testClaims: cores that the threads do not need may be taken", async () => {
  const cores = { all: 8, usable: 8 };
  const busy = () => fakeMachine(theory, { cores: 8, foreignCores: 3 });
  const { works, counts } = await test(ofModes, busy(), { threads: 2 }, { cores });
  assertEquals([works[0].contention.contended, counts.holds], [false, ofModes.length]);
  assert((await test(ofModes, busy(), { threads: 8 }, { cores })).works[0].contention.contended);
});

Deno.test("testClaims: a short time limit means fewer rounds, and is kept", async () => {
  const machine = fakeMachine(theory);
  const { works } = await test(ofModes, machine, { maxMs: 12_000 });
  assert(machine.clock.now() <= 12_000, `${machine.clock.now()}`);
  assert(works.every(({ rounds }) => rounds < 12));
  assertEquals(works[0].notices.map(({ kind }) => kind), ["fewer-rounds"]);
});

Deno.test("testClaims: what does not fit the time is skipped and says so, also without any whole round", async () => {
  const machine = fakeMachine(theory, { startMs: 800 });
  const { claims } = await test(ofModes, machine, { maxMs: 3_000 });
  assertEquals(new Set(claims.map(({ reason }) => reason.kind)), new Set(["time-up"]));
  assert(machine.clock.now() <= 3_000);
});

Deno.test("testClaims: each claim is settled as soon as it can be, in the order of the result", async () => {
  const clear = Array.from({ length: 12 }, (_, i) => 1.5 + i / 100);
  const near = [1.19, 1.5, 1.6, 1.7, 1.8, 1.9, 2]; // p = 4/128, enough for one claim only
  const claims = [
    counted("first"),
    pairedClaim("near", near, { experiment: madeUp(1_000) }),
    pairedClaim("clear", clear, { experiment: madeUp(1_000) }),
    counted("last", { experiment: madeUp(1_000) }),
  ];
  const machine = machineWithoutSlots();
  const seen: [string, number][] = [];
  const onSettled = ({ id }: JudgedClaim) => {
    seen.push([id, Math.round(machine.clock.now() / 1000)]);
    return Promise.resolve();
  };
  const result = await test(claims, machine, {}, { onSettled });
  assertEquals(seen, [["first", 1], ["near", 3], ["clear", 3], ["last", 4]]);
  assertEquals(result.claims.map(({ id }) => id), seen.map(([id]) => id));
});

Deno.test("testClaims: progress grows from 0 to 1 over the planned times, and names what runs", async () => {
  const claims = [counted("a"), counted("b", { experiment: madeUp(3_000) })];
  const steps: ClaimsStep[] = [];
  const onStep = (step: ClaimsStep) => Promise.resolve(void steps.push(step));
  await test(claims, machineWithoutSlots(), {}, { onStep });
  const shares = steps.map(({ share }) => share);
  assertEquals(shares, shares.toSorted((a, b) => a - b));
  assertEquals([shares[0], steps[10].share, shares.at(-1)], [0, 0.25, 1]);
  assertEquals([steps[0], steps[11]].map(({ sentence, place, claims }) => [sentence, place, claims]), [
    ["a", 1, 2],
    ["b", 2, 2],
  ]);
});

Deno.test("testClaims: the time that is left is shared by what is left, and --full has no limit", async () => {
  const budgets: number[] = [];
  const note = ({ budgetMs }: { readonly budgetMs: number }) => void budgets.push(Math.round(budgetMs));
  const claims = [
    counted("slow", { experiment: madeUp(10_000, 20_000, note) }),
    counted("next", { experiment: madeUp(10_000, 10_000, note) }),
  ];
  await test(claims, machineWithoutSlots(), { maxMs: 41_000 });
  assertEquals(budgets.splice(0), [15_000, 15_000]); // half as much again as planned, at most
  await test(claims, machineWithoutSlots(), { maxMs: undefined, effort: "full" });
  assertEquals(budgets.splice(0), [40_000, 40_000]);
  await test(claims, machineWithoutSlots(), { maxMs: 101_000, limitChosen: true });
  assertEquals(budgets.splice(0), [44_000, 70_400]); // all of it
  await test(claims, machineWithoutSlots(), { maxMs: 32_000 });
  assertEquals(budgets, [13_640, 9_680]); // 88 % of half of 31 s, then of the 11 s that are left: the last second is for the end
});

Deno.test("testClaims: left out by the effort, for lack of memory, for lack of cores; and why", async () => {
  const never = { measure: () => Promise.reject(new Error("measured")) };
  const claims = [
    counted("slow", { experiment: { ms: { quick: 0, default: 1, full: 1 }, ...never } }),
    counted("large", {
      experiment: { ms: { quick: 1, default: 1, full: 1 }, ...never },
      needs: { cores: 1, busyCores: 0, memoryBytes: 2e9 },
    }),
    counted("wide", {
      experiment: { ms: { quick: 1, default: 1, full: 1 }, ...never },
      needs: { cores: 3, busyCores: 0 },
    }),
  ];
  const result = await test(claims, machineWithoutSlots(), { effort: "quick" });
  assertEquals(result.claims.map(({ reason }) => reason), [
    { kind: "left-out", effort: "quick" },
    { kind: "too-little-memory", neededBytes: 2e9, maxBytes: 1e9 },
    { kind: "too-few-cores", cores: 3, usableCores: 2 },
  ]);
  assertEquals(result.counts.skipped, 3);
});

Deno.test("testClaims: of claims that share an experiment one may be skipped", async () => {
  const experiment = madeUp(100);
  const claims = [counted("a", { experiment }), counted("b", { experiment, needs: { cores: 3, busyCores: 0 } })];
  const result = await test(claims, machineWithoutSlots());
  assertEquals(verdictsOf(result.claims).toSorted(), ["a holds counted", "b skipped too-few-cores"]);
});

Deno.test("testClaims: an experiment that fails is a skipped claim with the reason, and the others go on", async () => {
  const failing = { ...madeUp(100), measure: () => Promise.reject(new Error("the system said no")) };
  const result = await test([counted("bad", { experiment: failing }), counted("good")], machineWithoutSlots());
  assertEquals(verdictsOf(result.claims), ["bad skipped not-run", "good holds counted"]);
  assertEquals(result.claims[0].reason, { kind: "not-run", message: "the system said no" });
});

Deno.test("testClaims: an experiment that hangs is given up, and leaves time for the others", async () => {
  const machine = machineWithoutSlots();
  const hanging = { ...madeUp(2_000), measure: () => new Promise<never>(() => {}) };
  const result = await test([counted("hangs", { experiment: hanging }), counted("good")], machine);
  assertEquals(verdictsOf(result.claims), ["hangs skipped time-up", "good holds counted"]);
  assert(machine.clock.now() < 12_000, `${machine.clock.now()}`);
  assertEquals(machine.clock.open(), 0);
});

Deno.test("testClaims: Ctrl-C ends an experiment that hangs", async () => {
  const machine = machineWithoutSlots();
  const stop = new AbortController();
  void machine.clock.wait(500).done.then(() => stop.abort(new Error("enough")));
  const hanging = { ...madeUp(2_000), measure: () => new Promise<never>(() => {}) };
  const result = await test([counted("hangs", { experiment: hanging })], machine, {}, { signal: stop.signal });
  assertEquals(verdictsOf(result.claims), ["hangs skipped stopped"]);
  assert(machine.clock.now() <= 1_500, `${machine.clock.now()}`);
});

Deno.test("testClaims: a judge that throws is a bug of ours, and no skipped claim", async () => {
  const broken = counted("broken", { judge: () => JSON.parse("{") });
  await assertRejects(() => test([broken], machineWithoutSlots()), SyntaxError);
});

Deno.test("testClaims: stopped or out of time, it keeps what is settled", async () => {
  const claims = () => ["a", "b", "c"].map((id) => counted(id, { experiment: madeUp(1_000) }));
  const machine = machineWithoutSlots();
  const stop = new AbortController();
  void machine.clock.wait(1_550).done.then(() => stop.abort(new Error("enough")));
  const stopped = await test(claims(), machine, {}, { signal: stop.signal });
  assertEquals(verdictsOf(stopped.claims), ["a holds counted", "b skipped stopped", "c skipped stopped"]);
  assert(machine.clock.now() < 1_700);
  const late = await test(claims(), machineWithoutSlots(), { maxMs: 2_000 });
  assertEquals(verdictsOf(late.claims), ["a holds counted", "b skipped time-up", "c skipped time-up"]);
});

Deno.test("testClaims: stopped while a kind of work is calibrated or measured", async () => {
  for (const atMs of [10, 30, 100, 300, 1_000]) {
    const machine = fakeMachine(theory);
    const stop = new AbortController();
    void machine.clock.wait(atMs).done.then(() => stop.abort(new Error("enough")));
    const { claims } = await test(ofModes, machine, {}, { signal: stop.signal });
    assertEquals(claims.length, 4);
    assertEquals(claims[3].reason.kind, "stopped");
  }
});

Deno.test("testClaims: what other programs used from step to step is known to the judge of an experiment of its own", async () => {
  const claim = counted("needs two cores", { needs: { cores: 2, busyCores: 2 } });
  const busy = await test([claim], machineWithoutSlots(0.8));
  assertEquals(verdictsOf(busy.claims), ["needs two cores unclear contended"]);
  assertEquals((await test([claim], machineWithoutSlots())).counts.holds, 1);
});

import { assert, assertAlmostEquals, assertEquals, assertMatch, assertRejects } from "@std/assert";
import { type AgainstWork, type CompareCaller, type CompareWanted, compareWork } from "../../lib/bench/compare_work.ts";
import { ItemFailed, OutputsDiffer } from "../../lib/errors.ts";
import { type FakeJob, fakeMachine } from "./fake_machine.ts";

const encoder = new TextEncoder();
const items = Array.from({ length: 200 }, (_, i) => encoder.encode(String(i)));

/** What differs from a comparison of two jobs on a quiet machine. */
interface Rest {
  readonly wanted?: CompareWanted;
  readonly against?: Partial<AgainstWork>;
  readonly caller?: Partial<CompareCaller>;
  readonly machine?: Parameters<typeof fakeMachine>[1];
}

/** Compares two jobs on a machine that is made up. */
function compare(old: FakeJob, now: FakeJob, { wanted, against, caller, machine }: Rest = {}) {
  const { clock, host, meter } = fakeMachine(
    (job) => job.kind === "module" && job.url.endsWith("old.js") ? old : now,
    machine,
  );
  const workOf = (name: string) => {
    const job = { kind: "module", url: `file:///${name}` } as const;
    return { job, name, input: "json", host, clock, meter } as const;
  };
  const given = { clock, signal: new AbortController().signal, cores: { all: 2, usable: 2 }, startMs: clock.now() };
  return compareWork(workOf("new.js"), items, { threads: 2, ...wanted }, { ...given, ...caller }, {
    old: workOf("old.js"),
    within: 1.02,
    ...against,
  });
}

Deno.test("compareWork of two jobs: what is slower, in serial and in the mode that suits the items", async () => {
  const { changes = [], modes, rounds, control, outputsEqual, advice } = await compare(
    { computingMs: 5 },
    { computingMs: 5.25 },
  );
  assertEquals(modes.map(({ mode }) => mode), ["serial", "threads"]);
  assertEquals(changes.map(({ mode, threads, verdict }) => [mode, threads, verdict]), [
    ["serial", 1, "slower"],
    ["threads", 2, "slower"],
  ]);
  for (const { ratio, old } of changes) {
    assertAlmostEquals(ratio, 1 / 1.05, 0.01);
    assertEquals(old.samples.length, 12);
  }
  assertEquals([rounds, control.samples.length, outputsEqual], [12, 12, true]);
  assertEquals([advice.kind, advice.reason], ["none", { kind: "modes-left-out" }]); // of one job, all four are compared
});

Deno.test("compareWork of two jobs: the same, and faster", async () => {
  const verdicts = async (old: FakeJob, now: FakeJob) =>
    (await compare(old, now)).changes?.map(({ mode, verdict }) => `${mode} ${verdict}`);
  assertEquals(await verdicts({ computingMs: 5 }, { computingMs: 5 }), ["serial same", "threads same"]);
  assertEquals(await verdicts({ computingMs: 5 }, { computingMs: 4 }), ["serial faster", "threads faster"]);
});

Deno.test("compareWork of two jobs: tasks alone where items wait; their phases are unknown without serial", async () => {
  const { changes, modes, phases, breakEvenMs } = await compare(
    { computingMs: 0.01, waitingMs: 20 },
    { computingMs: 0.01, waitingMs: 22 },
  );
  assertEquals(changes?.map(({ mode, verdict }) => [mode, verdict]), [["tasks", "slower"]]);
  assertEquals(modes.map(({ verdict }) => verdict), ["baseline"]);
  assertEquals([phases.computingMs, phases.waitingMs, breakEvenMs], [null, null, null]);
  assert(phases.startMs > 0);
});

Deno.test("compareWork of two jobs: modes that are named; with all four, there is advice", async () => {
  const compared = await compare({ computingMs: 5 }, { computingMs: 5 }, {
    against: { modes: ["both", "serial", "threads", "tasks"] },
    wanted: { maxMs: 60_000 },
  });
  assertEquals(compared.changes?.map(({ mode }) => mode), ["serial", "tasks", "threads", "both"]);
  assertEquals(compared.advice.mode, "threads");
  const { changes } = await compare({ computingMs: 5 }, { computingMs: 5 }, { against: { modes: ["threads"] } });
  assertEquals(changes?.map(({ mode, verdict }) => [mode, verdict]), [["threads", "same"]]);
});

Deno.test("compareWork of two jobs: a run of the faster one is not short, either", async () => {
  const { modes, changes = [], passes } = await compare({ computingMs: 2 }, { computingMs: 0.2 }, {
    wanted: { rounds: 6 },
    machine: { noise: 0 },
  });
  assert(passes > 1, `${passes}`);
  for (const { elapsedMs } of [...modes, ...changes.map(({ old }) => old)]) assert(elapsedMs >= 75, `${elapsedMs} ms`);
});

Deno.test("compareWork of two jobs: rounds that are announced are those that are run, and both fit the time", async () => {
  const runs: number[] = [];
  const { rounds } = await compare({ computingMs: 5 }, { computingMs: 15 }, {
    wanted: { rounds: 30, maxMs: 20_000 },
    caller: {
      onRun: (run, { runsPerRound }) => {
        assertEquals(runsPerRound, 5);
        runs.push(run);
      },
    },
  });
  assertEquals(runs.at(-1), 5 * rounds);
  assert(rounds >= 6 && rounds <= 30);
});

Deno.test("compareWork of two jobs: it ends early once each change is settled, within the margin that is asked for", async () => {
  const stopEarly = { rounds: 40, stopEarly: true, maxMs: 300_000 };
  const clear = await compare({ computingMs: 5 }, { computingMs: 5.5 }, { wanted: stopEarly });
  assertEquals(clear.changes?.map(({ verdict }) => verdict), ["slower", "slower"]);
  assert(clear.rounds < 15, `${clear.rounds} rounds`);
  const onTheEdge = await compare({ computingMs: 5 }, { computingMs: 5.5 }, {
    wanted: stopEarly,
    against: { within: 1.1 },
  });
  assertEquals(onTheEdge.rounds, 40);
});

Deno.test("compareWork of two jobs: their outputs must agree, and a message names the job", async () => {
  const old: FakeJob = { computingMs: 5, result: (place) => place };
  const now: FakeJob = { computingMs: 5, result: (place) => place === 3 ? -1 : place };
  const error = await assertRejects(() => compare(old, now), OutputsDiffer);
  assertMatch(
    error.message,
    /item \d+ gave (3|-1) in \w+ \d×\d of (old|new)\.js and (3|-1) in \w+ \d×\d of (old|new)\.js/,
  );
  const ignored = await compare(old, now, { wanted: { outputs: "ignore" } });
  assertEquals([ignored.outputsEqual, ignored.changes?.length], [null, 2]);
  const failing: FakeJob = { computingMs: 5, failure: (place) => place === 0 ? "no" : undefined };
  await assertRejects(() => compare(failing, now), ItemFailed, "failed in serial 1×1 of old.js: Error: no");
});

import { assert, assertAlmostEquals, assertEquals, assertMatch, assertRejects } from "@std/assert";
import { type CompareCaller, type CompareWanted, compareWork } from "../../lib/bench/compare_work.ts";
import { NoWholeRound, OutputsDiffer, ThreadLost, TooFewItems } from "../../lib/errors.ts";
import type { ItemList } from "../../lib/bench/run_items.ts";
import { Records } from "../../lib/bench/outputs.ts";
import { type FakeJob, type FakeMachine, fakeMachine } from "./fake_machine.ts";

const encoder = new TextEncoder();
const items = Array.from({ length: 200 }, (_, i) => encoder.encode(String(i)));

/** Compares the modes of a job on a machine of its own. */
function compare(
  machine: FakeMachine,
  wanted: CompareWanted = {},
  caller: Partial<CompareCaller> = {},
  given: ItemList = items,
) {
  const { clock, host, meter } = machine;
  const job = { kind: "module", url: "file:///job.js" } as const;
  const work = { job, name: "job.js", input: "json", host, clock, meter } as const;
  const signal = new AbortController().signal;
  const cores = { all: 2, usable: 2 };
  return compareWork(work, given, { threads: 2, ...wanted }, { clock, signal, cores, startMs: clock.now(), ...caller });
}

const adviceOn = async (job: FakeJob) => (await compare(fakeMachine(job))).advice;

Deno.test("compareWork: threads for what computes, tasks for what waits, both for a mix", async () => {
  assertEquals((await adviceOn({ computingMs: 5 })).mode, "threads");
  assertEquals((await adviceOn({ computingMs: 0.001, waitingMs: 20 })).mode, "tasks");
  assertEquals((await adviceOn({ computingMs: 2, waitingMs: 20 })).mode, "both");
});

Deno.test("compareWork: ratios, samples of every run, and what an item spends its time on", async () => {
  const { rounds, modes, control, phases, outputsEqual, notices } = await compare(
    fakeMachine({ computingMs: 4, waitingMs: 4 }),
  );
  assertEquals([rounds, outputsEqual, notices, control.failed], [12, true, [], false]);
  assertEquals(modes.map(({ samples }) => samples.length), [12, 12, 12, 12]);
  assertEquals(control.samples.length, 12);
  assertAlmostEquals(modes[1].ratio, 2, 0.1); // waiting overlaps
  assertAlmostEquals(modes[2].ratio, 2, 0.1);
  assertAlmostEquals(modes[3].ratio, 4, 0.4);
  assertAlmostEquals(phases.computingMs ?? NaN, 4, 0.1);
  assertAlmostEquals(phases.waitingMs ?? NaN, 4, 0.1);
});

Deno.test("compareWork: other programs on the cores make threads unclear", async () => {
  const { contention, modes, advice } = await compare(fakeMachine({ computingMs: 5 }, { foreignCores: 0.5 }));
  assert(contention.contended);
  assertAlmostEquals(contention.foreignCores!, 0.5, 0.01);
  assertEquals(modes.slice(2).map(({ reason }) => reason?.kind), ["contended", "contended"]);
  assertEquals([modes[2].verdict, advice.kind], ["unclear", "none"]);
});

Deno.test("compareWork: the time limit is kept: fewer items, then fewer rounds", async () => {
  const machine = fakeMachine({ computingMs: 50 });
  const { itemCount, itemsGiven, rounds } = await compare(machine, { maxMs: 20_000 });
  assert(machine.clock.now() <= 20_000, `${machine.clock.now()}`);
  assert(itemCount < itemsGiven && itemCount >= 4 && rounds >= 1);
});

Deno.test("compareWork: where no round fits the time, it says at once what one takes and what time would do", async () => {
  const machine = fakeMachine({ computingMs: 900 });
  const onRun = () => assert(false, "announced");
  const { message, about } = await assertRejects(() => compare(machine, { maxMs: 10_000 }, { onRun }), NoWholeRound);
  assertEquals(message, "no round is over within 10 s: one, with 4 items in each run, takes at least 15 s");
  assert(machine.clock.now() < 3_000, `${machine.clock.now()}`);
  const enough = Number(about.slice(0, -1));
  const { rounds } = await compare(fakeMachine({ computingMs: 900 }), { maxMs: 1000 * enough });
  assertEquals(rounds, 6);
  const { rounds: less } = await compare(fakeMachine({ computingMs: 900 }), { maxMs: 500 * enough });
  assert(less >= 1 && less < 6, `${less}`);
});

Deno.test("compareWork: the time is up before the rounds: what took it is named", async () => {
  const within = (maxMs: number, job: FakeJob, startMs: number) => compare(fakeMachine(job, { startMs }), { maxMs });
  const long = { computingMs: 9_000 };
  await assertRejects(() => within(2_000, long, 20), NoWholeRound, "within 2 s: the first items take longer");
  await assertRejects(() => within(1_000, long, 5_000), NoWholeRound, "within 1 s: job.js has not loaded by then");
});

Deno.test("compareWork: stopped, it has what whole rounds have shown; before the first one it rejects", async () => {
  const stopAfter = (runs: number) => {
    const stop = new AbortController();
    const onRun = (done: number) => done === runs ? stop.abort(new Error("enough")) : undefined;
    return compare(fakeMachine({ computingMs: 5 }), {}, { signal: stop.signal, onRun });
  };
  const { rounds, notices } = await stopAfter(13); // of 5 a round
  assertEquals([rounds, notices], [2, [{ kind: "fewer-rounds", rounds: 2, planned: 12, why: "stopped" }]]);
  await assertRejects(() => stopAfter(3), Error, "enough");
});

Deno.test("compareWork: stopped before the rounds, it rejects and announces none", async () => {
  for (const atMs of [10, 30, 300, 700, 1000, 1050, 1070, 1075, 1080]) { // in the calibration, and while our own cost is measured
    const machine = fakeMachine({ computingMs: 5 });
    const stop = new AbortController();
    void machine.clock.wait(atMs).done.then(() => stop.abort(new Error("enough")));
    const onRun = () => assert(false, `a run at ${atMs} ms`);
    await assertRejects(() => compare(machine, {}, { signal: stop.signal, onRun }), Error, "enough");
  }
});

Deno.test("compareWork: --stop-early ends when all is settled", async () => {
  const { rounds, notices } = await compare(fakeMachine({ computingMs: 5 }), { rounds: 30, stopEarly: true });
  assertEquals([rounds, notices], [10, [{ kind: "fewer-rounds", rounds: 10, planned: 30, why: "settled" }]]);
  const after10 = async (stopEarly: boolean) =>
    (await compare(fakeMachine({ computingMs: 5 }), { rounds: 10, stopEarly })).modes;
  assertEquals(await after10(true), await after10(false)); // settled by the last round, which was the last anyway
});

Deno.test("compareWork: outputs that differ are an error, unless they may", async () => {
  const job = { computingMs: 5, result: (place: number, tasks: number) => place === 3 ? tasks : place };
  const { message } = await assertRejects(() => compare(fakeMachine(job)), OutputsDiffer);
  assertMatch(message, /^the outputs differ: item \d+ gave \d+ in \w+ \d×\d and \d+ in \w+ \d×\d$/);
  assertEquals((await compare(fakeMachine(job), { outputs: "ignore" })).outputsEqual, null);
});

Deno.test("compareWork: an output that differs in a later run alone is an error, which says that its mode gave another one", async () => {
  for (const odd of [10, 59]) { // in the third round, and the very last one
    let runs = 0;
    const onRun = (done: number) => void (runs = done);
    const machine = fakeMachine({ computingMs: 5, result: (place) => place === 7 && runs === odd ? -1 : place });
    const { message } = await assertRejects(() => compare(machine, {}, { onRun }), OutputsDiffer);
    assertMatch(message, /^the outputs differ: item \d+ gave 7 in \w+ \d×\d and -1 in a later run of \w+ \d×\d$/);
    assertEquals(runs, odd);
  }
});

Deno.test("compareWork: outputs are copied in each run, into the same memory, and not at all where they are not compared", async () => {
  const copied = async (wanted: CompareWanted) => {
    const runs = new Set<Records>();
    const memories = new Set<ArrayBuffer>();
    const { add } = Records.prototype;
    Records.prototype.add = function (delivery) {
      runs.add(this);
      add.call(this, delivery);
      memories.add(this.memory.buffer);
    };
    try {
      await compare(fakeMachine({ computingMs: 5 }), { rounds: 6, ...wanted });
    } finally {
      Records.prototype.add = add;
    }
    return [runs.size, memories.size];
  };
  assertEquals(await copied({}), [30, 1]); // four modes and the control in 6 rounds
  assertEquals(await copied({ outputs: "ignore" }), [0, 0]);
  assertEquals(await copied({ once: true, threads: 1 }), [0, 0]);
});

Deno.test("compareWork: a run in which a thread was replaced says nothing", async () => {
  await assertRejects(() => compare(fakeMachine({ computingMs: 5, crashAfter: 700 })), ThreadLost, "was replaced");
});

Deno.test("compareWork: no item runs twice where none may", async () => {
  const many = Array.from({ length: 500 }, (_, i) => encoder.encode(String(i)));
  const once = (given: typeof items) => compare(fakeMachine({ computingMs: 5 }), { once: true, rounds: 6 }, {}, given);
  const { itemsUsed, itemCount, rounds } = await once(many);
  assertEquals(rounds, 6);
  assert(itemsUsed !== null && itemsUsed <= 500 && itemsUsed >= 6 * 5 * itemCount, `${itemsUsed} ${itemCount}`);
  await assertRejects(() => once(many.slice(0, 8)), TooFewItems, "there are 8");
});

Deno.test("compareWork: a sweep has its best cell; warm-up rounds are kept and do not count", async () => {
  const wanted = { grid: true, rounds: 6, warmupRounds: 1, tasks: 8, maxMs: 300_000 };
  const { grid, rounds, modes } = await compare(fakeMachine({ computingMs: 2, waitingMs: 10 }), wanted);
  assert(grid !== null && grid.best.threads === 2 && grid.best.tasks >= 4);
  assertEquals([rounds, modes[0].samples.length, modes[0].samples[0].round], [6, 7, 0]);
});

for (const once of [false, true]) {
  Deno.test(`compareWork: of items that are made on demand, only those that run are asked for; once: ${once}`, async () => {
    let asked = 0;
    const at = (place: number) => (asked++, encoder.encode(`${place}`));
    const given = { length: Number.MAX_SAFE_INTEGER, at };
    const { itemCount, itemsGiven, itemsUsed } = await compare(fakeMachine({ computingMs: 5 }), { once }, {}, given);
    assertEquals(itemsGiven, Number.MAX_SAFE_INTEGER);
    assert(itemCount < 1000 && asked >= itemCount && asked < 100_000, `${itemCount} ${asked}`);
    if (once) assertEquals(itemsUsed, asked);
  });
}

import { assertEquals } from "@std/assert";
import type { RunContext, RunEvent } from "../../../lib/exec/pool/run_options.ts";
import { limitsOf } from "../../../lib/exec/pool/run_options.ts";
import { RunWidth } from "../../../lib/exec/pool/run_width.ts";
import type { BrakedRun } from "../../../lib/exec/tuning/brake.ts";
import type { SlotReading, Width } from "../../../lib/exec/tuning/slot_reading.ts";
import type { PoolSlot } from "../../../lib/exec/pool/pool_slot.ts";
import type { Slots } from "../../../lib/exec/pool/slots.ts";
import { initialState, step } from "../../../lib/exec/schedule/scheduler.ts";
import { Agenda } from "../schedule/simulation/agenda.ts";
import { toldTuner } from "../tuning/told_tuner.ts";
import { controlWord } from "../../../lib/exec/wire/protocol.ts";

const message = { kind: "results", stretches: [], ms: 5, pendingMs: 4 } as const;
const ended = [{ first: 0, end: 3, ok: true, bytes: 1 }, { first: 7, end: 9, ok: true, bytes: 1 }];

/** A run with the slots 0 and 2, of which one is up, whose tuner wants this. */
function run(wanted?: Width) {
  const control = new Int32Array(controlWord.length);
  const posted: string[] = [];
  const slot = (up: boolean) => ({ up, post: ({ kind }) => void posted.push(kind) }) as Partial<PoolSlot> as PoolSlot;
  const all = new Map([[0, slot(true)], [2, slot(false)], [3, slot(false)]]);
  const slots = { get: (id) => all.get(id), [Symbol.iterator]: () => all.values() } as Partial<Slots> as Slots;
  const state = initialState(limitsOf({ ordered: false }, 1));
  step(state, { kind: "ready", slot: 0 });
  const clock = { now: () => 50, wait: () => ({ done: Promise.resolve(), cancel: () => {} }) };
  const readings: SlotReading[] = [];
  const seen: [SlotReading, number][] = [];
  const tuner = toldTuner({ yields: true, observe: (reading, now) => (seen.push([reading, now]), wanted) });
  const pushed: RunEvent[] = [];
  const push = (event: RunEvent) => void pushed.push(event);
  const pool = { slots, control, clock, push } as Partial<RunContext> as RunContext;
  const observe = (options: Partial<ConstructorParameters<typeof RunWidth>[1]>) =>
    new RunWidth(pool, { ordered: false, ...options }, state).observe(2, message, ended, undefined);
  return {
    pool,
    state,
    control,
    posted,
    pushed,
    tuner,
    readings,
    seen,
    observe,
    onReading: (one: SlotReading) => void readings.push(one),
  };
}

const reading = {
  items: 5,
  failed: undefined,
  full: undefined,
  ms: 5,
  pendingMs: 4,
  cpuMs: undefined,
  itemMs: undefined,
  inexact: undefined,
  spans: undefined,
  threads: 1,
  slot: 2,
};

Deno.test("run width: what a slot has done is told to whoever wants to know", () => {
  const { observe, onReading, readings, tuner, seen, control } = run();
  assertEquals([observe({}), observe({ onReading }), observe({ tuner })], [undefined, undefined, undefined]);
  assertEquals(readings, [reading]);
  assertEquals(seen, [[reading, 50]]);
  assertEquals(control[controlWord.tasks], 0);
});

/** A run whose slot holds an item, with a clock that the test moves on; `asked`: when its tuner was asked, and what it answers. */
function sending(listens: boolean, answers: Record<number, Width> = {}) {
  const told = run();
  const clock = new Agenda();
  const asked: number[] = [];
  const tuner = toldTuner({ listens, tick: (now) => (asked.push(now), answers[now]) });
  step(told.state, { kind: "input", count: 1, bytes: 1, last: true });
  const width = new RunWidth({ ...told.pool, clock }, { ordered: false, tuner }, told.state);
  return { ...told, clock, asked, width };
}

Deno.test("run width: while slots hold items, a tuner that listens is asked every 25 ms, and its width is followed", async () => {
  const { width, clock, asked, pushed, control, state } = sending(true, { 50: { threads: 1, tasks: 3 } });
  width.sent();
  width.sent(); // the second adds no wait
  for (let i = 0; i < 3; i++) await clock.next();
  assertEquals(asked, [25, 50, 75]);
  assertEquals(pushed, [{ kind: "tuned", threads: 1, tasks: 3, add: [] }]);
  assertEquals([control[controlWord.tasks], control[controlWord.reportMs]], [3, 10]);
  step(state, { kind: "ended", slot: 0, stretches: [{ first: 0, end: 1, ok: true, bytes: 1 }], ms: 1 });
  await clock.next();
  assertEquals([asked.length, clock.isEmpty], [3, true], "until they hold none");
  width.sent();
  assertEquals(clock.isEmpty, false, "and again when some are sent");
  width.stop();
  assertEquals(clock.isEmpty, true, "but not after the run");
});

Deno.test("run width: slots read when to report and whether to yield as the tuner says it, also where it keeps its width", async () => {
  const { pool, control, state } = run();
  const clock = new Agenda();
  const said = { yields: false, reportMs: 10 };
  const change = () => {
    said.yields = !said.yields;
    said.reportMs++;
    return undefined;
  };
  const told = toldTuner({ listens: true, observe: change, tick: change, interrupt: change });
  const tuner = Object.defineProperties(told, {
    yields: { get: () => said.yields },
    reportMs: { get: () => said.reportMs },
  });
  let brakedRun: BrakedRun | undefined;
  const brake = { why: undefined, start: (braked: BrakedRun) => void (brakedRun = braked), stop: () => {} };
  step(state, { kind: "ready", slot: 2 });
  step(state, { kind: "input", count: 1, bytes: 1, last: true });
  const width = new RunWidth({ ...pool, clock }, { ordered: false, tuner, brake }, state);
  const seen: [number, number][] = [];
  const see = () => void seen.push([control[controlWord.yields], control[controlWord.reportMs]]);
  width.start(() => Promise.resolve(true));
  see();
  width.sent();
  await clock.next(); // one of two slots holds an item
  see();
  width.observe(0, message, ended, undefined);
  see();
  brakedRun?.hold(Infinity);
  see();
  assertEquals(seen, [[0, 10], [1, 11], [0, 12], [1, 13]]);
  width.stop();
  new RunWidth(pool, { ordered: false }, state).start(() => Promise.resolve(true));
  see();
  assertEquals(seen.at(-1), [0, 0], "the next run has no tuner");
});

Deno.test("run width: a tuner that does not listen is not asked in between, and nothing is without a tuner", () => {
  const { width, clock, pool, state } = sending(false);
  width.sent();
  new RunWidth({ ...pool, clock }, { ordered: false }, state).sent();
  assertEquals(clock.isEmpty, true);
});

/** A run of 4 tasks with a brake, which holds it as the test says; and what its tuner has been asked. */
function braked() {
  const told = run({ threads: 1, tasks: 8 });
  const { control, pool, state } = told;
  Atomics.store(control, controlWord.tasks, state.tasks);
  const asked: string[] = [];
  let brakedRun: BrakedRun | undefined;
  const brake = {
    why: undefined,
    start: (run: BrakedRun) => void (brakedRun = run),
    stop: () => void asked.push("stop"),
  };
  const tuner = toldTuner({
    observe: () => (asked.push("observe"), { threads: 1, tasks: 8 }),
    interrupt: () => void asked.push("interrupt"),
  });
  const width = new RunWidth(pool, { ordered: false, tuner, brake }, state);
  width.start(() => Promise.resolve(true));
  const tasks = () => control[controlWord.tasks];
  return { ...told, width, asked, tasks, hold: (most: number) => brakedRun?.hold(most), runs: () => brakedRun?.runs() };
}

Deno.test("run width: a brake holds starts back, and slots hear of it; its end gives back the tuner's width", async () => {
  const { width, hold, tasks, posted, pushed, asked, runs } = braked();
  assertEquals([tasks(), await runs()], [1, true]);
  hold(0);
  assertEquals([tasks(), posted, asked], [0, ["width"], []]);
  assertEquals(width.observe(2, message, ended, undefined), undefined); // it would compare what it has not chosen
  hold(1);
  assertEquals([tasks(), asked], [1, []]);
  hold(Infinity);
  assertEquals([tasks(), asked, posted.length], [1, ["interrupt"], 3]);
  assertEquals(pushed.map(({ kind }) => kind), ["due", "due", "due"]);
  assertEquals(width.observe(2, message, ended, undefined)?.kind, "tuned");
  assertEquals(tasks(), 8);
});

Deno.test("run width: a run that ends while it is held leaves its width to the next one", () => {
  const { width, hold, tasks, asked } = braked();
  width.observe(2, message, ended, undefined);
  hold(0);
  width.stop();
  assertEquals([tasks(), asked], [8, ["observe", "stop"]]);
});

Deno.test("run width: the slots hear of their new tasks, and the scheduler of the threads that are missing", () => {
  const { observe, tuner, control, posted } = run({ threads: 4, tasks: 8 });
  // the pool has none at 1
  assertEquals(observe({ tuner }), { kind: "tuned", threads: 4, tasks: 8, add: [1] });
  assertEquals([control[controlWord.tasks], control[controlWord.yields], posted], [8, 1, ["width"]]);
});

import { assert, assertEquals } from "@std/assert";
import { isDone, step, wantsInput } from "../../../lib/exec/schedule/scheduler.ts";
import { after, ended, expired, failed, input, overdue, ready, reclaimed, send, start, stopped } from "./events.ts";

const taken = (items: number, bytes = 0) => ({ kind: "taken", items, bytes, paused: false }) as const;
const freed = (bytes: number) => ({ kind: "freed", bytes }) as const;
const last = (count: number) => ({ kind: "input", count, bytes: 0, last: true }) as const;
const gave = (slot: number, item: number, bytes: number, ok = true) =>
  ({ kind: "ended", slot, stretches: [{ first: item, end: item + 1, ok, bytes }], ms: 0 }) as const;

Deno.test("window: no input while as many items as it holds are there whose outcomes nobody has taken", () => {
  const { state } = after({ windowItems: 3, tasks: 9 }, ready(0), input(2));
  assert(wantsInput(state));
  step(state, input(1));
  assert(!wantsInput(state));
  step(state, ended(0, 0, 3));
  assert(!wantsInput(state));
  step(state, taken(1));
  assert(wantsInput(state));
});

Deno.test("window: no input while its bytes are in use, by items until they are freed", () => {
  const { state } = after({ windowBytes: 100, tasks: 9 }, ready(0), input(1, 60));
  assert(wantsInput(state));
  step(state, input(1, 40));
  assert(!wantsInput(state));
  step(state, freed(1));
  assert(wantsInput(state));
});

Deno.test("window: and no input while its bytes are in use by outcomes, until they are taken", () => {
  const { state } = after({ windowBytes: 100, tasks: 9 }, ready(0), input(3), gave(0, 0, 60));
  assert(wantsInput(state));
  step(state, gave(0, 1, 40));
  assert(!wantsInput(state));
  step(state, taken(1, 60));
  assert(wantsInput(state));
});

Deno.test("window: the output of an item that runs again takes no room, as it is forgotten", () => {
  const { state } = after({ windowBytes: 100, retries: 1, tasks: 9 }, ready(0), input(2), gave(0, 0, 500, false));
  assertEquals([state.bytesOut, wantsInput(state)], [0, true]);
});

Deno.test("window: before a slot is up, input is wanted as for one", () => {
  const { state } = after({}, input(2));
  assert(wantsInput(state));
  step(state, input(1)); // 1 task and 2 batches of 1
  assert(!wantsInput(state));
});

Deno.test("window: quick items are wanted in larger numbers", () => {
  const { state } = after({}, ready(0), input(30), ended(0, 0, 1, 0.01));
  assertEquals([state.batch, state.waiting.size], [8, 12]); // the slot has 1 + 2 × 8, and could have as many more
  assert(wantsInput(state));
  step(state, input(5));
  assert(!wantsInput(state));
});

Deno.test("window: a run is done when no input will come and every outcome has been taken", () => {
  const { state } = after({}, ready(0), last(2));
  assertEquals([wantsInput(state), isDone(state)], [false, false]);
  step(state, ended(0, 0, 2));
  step(state, taken(1));
  assert(!isDone(state));
  step(state, taken(1));
  assertEquals([isDone(state), wantsInput(state)], [true, false]);
  assert(!isDone(after({}, ready(0)).state));
});

Deno.test("scheduler: what a slot says of items that it does not hold any more has no effect", () => {
  const { state } = after({ tasks: 3 }, ready(0), input(3), ended(0, 0, 1));
  const seen = () => [state.slots.get(0)?.held.ranges.slice(), state.waiting.size, state.batch, state.bytesOut];
  const before = seen();
  for (const event of [gave(0, 0, 99), ended(0, 0, 1, 5), ended(7, 1, 2), reclaimed(7, 1), reclaimed(0, 0)]) {
    assertEquals(step(state, event), []);
    assertEquals(seen(), before);
  }
});

Deno.test("scheduler: an item that succeeds resets the budget of restarts, one that fails does not", () => {
  const events = [ready(0), input(2), { kind: "died", slot: 1, started: [] }] as const;
  assertEquals(after({}, ...events, failed(0, 0)).state.restarts, 1);
  assertEquals(after({}, ...events, ended(0, 0, 1)).state.restarts, 2);
});

Deno.test("scheduler: an item that ended after it was cancelled costs no slot", () => {
  const { state } = after({ tasks: 2 }, ready(0), input(2), overdue(0, 0), overdue(0, 1), ended(0, 0, 1));
  assertEquals(step(state, expired(0, 0, 0)), []);
  assertEquals(step(state, expired(0, 1, 1)).map(({ kind }) => kind), ["fail", "deliver", "kill", "start"]);
});

Deno.test("scheduler: a reading without time or items says nothing of the pace; a batch is between 1 and 8,192 items", () => {
  const { state } = after({ batchMs: 100 }, ready(0), input(10_000));
  step(state, ended(0, 0, 1, 0));
  assertEquals(state.batch, 1);
  step(state, { kind: "ended", slot: 0, stretches: [], ms: 5 });
  assertEquals(state.batch, 1);
  for (let item = 1; item < 9; item++) step(state, ended(0, item, item + 1, 1e-6));
  assertEquals(state.batch, 8_192);
  for (let item = 9; item < 30; item++) step(state, ended(0, item, item + 1, 1e6));
  assertEquals(state.batch, 1);
});

Deno.test("scheduler: more tasks take effect at once; new slots start, but not after a stop", () => {
  const { state } = after({}, ready(0), input(9));
  assertEquals(step(state, { kind: "tuned", threads: Infinity, tasks: 4, add: [1] }), [start(1), send(0, 3, 6)]);
  step(state, stopped);
  assertEquals(step(state, { kind: "tuned", threads: Infinity, tasks: 9, add: [2] }), []);
});

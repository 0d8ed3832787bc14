import { assertEquals } from "@std/assert";
import { step } from "../../../lib/exec/schedule/scheduler.ts";
import {
  after,
  backOff,
  deliver,
  died,
  ended,
  fail,
  failed,
  input,
  ready,
  retryDue,
  send,
  start,
  yielded,
} from "./events.ts";

Deno.test("endings: in order, an outcome waits until all before it are there, and then leaves with them", () => {
  const { state } = after({ ordered: true, tasks: 9 }, ready(0), input(9));
  assertEquals(step(state, ended(0, 1, 3)), []);
  assertEquals(step(state, ended(0, 4, 5)), []);
  assertEquals(step(state, ended(0, 0, 1)), [deliver(0, 3)]);
  assertEquals(step(state, ended(0, 3, 4)), [deliver(3, 5)]);
});

Deno.test("endings: as they come, every outcome leaves at once", () => {
  const { state } = after({ tasks: 9 }, ready(0), input(9));
  assertEquals(step(state, ended(0, 4, 6)), [deliver(4, 6)]);
  assertEquals(step(state, ended(0, 0, 1)), [deliver(0)]);
});

Deno.test("endings: an item that fails runs again as often as it may, and then its error is its outcome", () => {
  const { state, commands } = after({ retries: 2 }, ready(0), input(1), failed(0, 0));
  assertEquals(commands, [backOff(0, 2)]);
  assertEquals(step(state, retryDue(0)), [send(0, 0)]);
  assertEquals(step(state, failed(0, 0)), [backOff(0, 3)]);
  assertEquals(step(state, retryDue(0)), [send(0, 0)]);
  assertEquals(step(state, failed(0, 0)), [deliver(0)]);
});

Deno.test("endings: while an item backs off it runs nowhere, and a second notice that it is due does not run it twice", () => {
  const { state } = after({ retries: 2 }, ready(0), input(1), failed(0, 0));
  assertEquals(step(state, ready(1)), []);
  assertEquals(step(state, retryDue(1)), []); // another item
  assertEquals(step(state, retryDue(0)), [send(0, 0)]);
  assertEquals(step(state, retryDue(0)), []);
});

Deno.test("endings: items that back off side by side come back one by one", () => {
  const { state } = after({ retries: 1, tasks: 2 }, ready(0), input(2), failed(0, 0), failed(0, 1));
  assertEquals(step(state, retryDue(0)), [send(0, 0)]);
  assertEquals(step(state, retryDue(1)), [send(0, 1)]);
});

Deno.test("endings: an item that has ended leaves nothing behind", () => {
  const { state } = after({ retries: 1, tasks: 9 }, ready(0), input(6), failed(0, 1), retryDue(1), yielded(3));
  assertEquals([[...state.attempts], [...state.yielded]], [[[1, 2]], [3]]);
  step(state, ended(0, 0, 1));
  step(state, ended(0, 2, 3));
  assertEquals([state.attempts.size, state.yielded.size], [1, 1]);
  step(state, ended(0, 3, 5));
  assertEquals([state.attempts.size, state.yielded.size], [1, 0]);
  step(state, ended(0, 1, 2));
  assertEquals([state.attempts.size, state.yielded.size], [0, 0]);
});

Deno.test("endings: the items of one stretch are forgotten together", () => {
  const { state } = after({ retries: 1, tasks: 9 }, ready(0), input(4), failed(0, 2), retryDue(2), yielded(1));
  step(state, ended(0, 0, 4));
  assertEquals([state.attempts.size, state.yielded.size], [0, 0]);
});

Deno.test("endings: an item that has given values does not run again", () => {
  const events = [ready(0), input(1), yielded(0)];
  assertEquals(after({}, ...events).commands, []);
  assertEquals(after({ retries: 9 }, ...events, failed(0, 0)).commands, [deliver(0)]);
  assertEquals(after({ retries: 9 }, ...events, died(0)).commands, [fail(0, 0, "lost"), deliver(0), start(0)]);
});

Deno.test("endings: an item that is lost runs again as often as one that fails, and its error says how often it was tried", () => {
  const { state, commands } = after({ retries: 1 }, ready(0), input(1), died(0, 0));
  assertEquals(commands, [backOff(0, 2), start(0)]);
  step(state, ready(0));
  step(state, retryDue(0));
  assertEquals(step(state, died(0, 0)), [fail(0, 0, "lost", 2), deliver(0), start(0)]);
});

Deno.test("endings: in order, the error of a lost item waits its turn", () => {
  const { state, commands } = after({ ordered: true, tasks: 2 }, ready(0), input(2), died(0, 1));
  assertEquals(commands, [fail(0, 1, "lost"), start(0)]);
  step(state, ready(0));
  assertEquals(step(state, ended(0, 0, 1)), [deliver(0, 2)]);
});

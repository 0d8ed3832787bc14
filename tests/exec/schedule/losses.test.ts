import { assertEquals } from "@std/assert";
import { step } from "../../../lib/exec/schedule/scheduler.ts";
import {
  after,
  backOff,
  crashed,
  deliver,
  died,
  ended,
  expired,
  fail,
  failed,
  input,
  overdue,
  ready,
  send,
  start,
  stopped,
  yielded,
} from "./events.ts";

Deno.test("losses: a slot that died gets nothing until its replacement is up", () => {
  const { state, commands } = after({}, ready(0), input(4), died(0, 0, 1, 2)); // it had 3
  const lost = [0, 1, 2].flatMap((item) => [fail(0, item, "lost"), deliver(item)]);
  assertEquals(commands, [...lost, start(0)]);
  assertEquals(step(state, ready(0)), [send(0, 3)]);
});

Deno.test("losses: of the items that have given values only those of the slot are lost, and not their neighbours", () => {
  const { commands } = after({ tasks: 3 }, ready(0), input(3), ready(1), input(1), yielded(0), yielded(3), died(0));
  assertEquals(commands, [fail(0, 0, "lost"), deliver(0), start(0), send(1, 1, 3)]);
});

Deno.test("losses: what is said of items that a slot does not hold has no effect", () => {
  const events = [ready(0), input(2), ended(0, 0, 1)];
  assertEquals(after({}, ...events, died(0, 0)).commands, [start(0)]);
  assertEquals(after({}, ...events, crashed(0, 0)).state.suspects.size, 0);
  assertEquals(after({}, ...events, overdue(0, 0)).commands, []);
  assertEquals(after({}, ...events, overdue(7, 1)).commands, []);
});

Deno.test("losses: after a crash each item that had started runs alone, and only then the others", () => {
  const { state, commands } = after({ tasks: 2 }, ready(0), input(5), crashed(0, 0, 2)); // it had 4
  assertEquals(commands, [start(0)]);
  assertEquals(step(state, ready(0)), [send(0, 0)]);
  assertEquals(step(state, ended(0, 0, 1)), [deliver(0), send(0, 2)]);
  assertEquals(step(state, ended(0, 2, 3)), [deliver(2), send(0, 1), send(0, 3, 5)]);
});

Deno.test("losses: idle slots share the suspects, and a slot with other items gets none", () => {
  const { state } = after({ tasks: 2 }, ready(0), input(4), ready(1), input(1), crashed(0, 0, 1));
  assertEquals([state.suspects.size, state.slots.get(1)?.held.size], [2, 3]); // 1 was busy, and took what had not started
  assertEquals(step(state, ready(0)), [send(0, 0)]);
  assertEquals(step(state, ready(2)), [send(2, 1)]);
});

Deno.test("losses: where it is unknown what had started, all that the slot held is suspect", () => {
  const { state } = after({ tasks: 2 }, ready(0), input(3), crashed(0));
  assertEquals([state.suspects.size, state.waiting.size], [3, 0]);
});

Deno.test("losses: the item that crashes a process alone, before any other ended in it, is the culprit: lost", () => {
  const { state, commands } = after({}, ready(0), input(1), crashed(0, 0));
  assertEquals(commands, [fail(0, 0, "lost"), deliver(0), start(0)]);
  assertEquals(state.restarts, 1); // of 2: back at the limit as the item has ended, and one is used
});

Deno.test("losses: a culprit resets the budget of restarts; suspects do not", () => {
  const alone = after({}, ready(0), died(0), ready(0), input(1), crashed(0, 0)).state;
  assertEquals(alone.restarts, 1);
  const several = after({ tasks: 2 }, ready(0), died(0), ready(0), input(2), crashed(0, 0, 1)).state;
  assertEquals(several.restarts, 0);
});

Deno.test("losses: an item alone in a process in which others have ended is suspect: they may have left something behind", () => {
  const { state, commands } = after({}, ready(0), input(2), ended(0, 0, 1), crashed(0, 1));
  assertEquals([commands, state.suspects.size], [[start(0)], 1]);
});

Deno.test("losses: a culprit may run again where a failed item may; what has given values is lost at once", () => {
  assertEquals(after({ retries: 1 }, ready(0), input(1), crashed(0, 0)).commands, [backOff(0, 2), start(0)]);
  const { state, commands } = after({ tasks: 2 }, ready(0), input(2), yielded(1), crashed(0, 0, 1));
  assertEquals(commands, [fail(0, 1, "lost"), deliver(1), start(0)]);
  assertEquals([...state.suspects.ranges], [{ first: 0, end: 1 }]);
});

Deno.test("losses: a process that crashed before it was up is replaced, as often as the budget allows", () => {
  const { state, commands } = after({ restarts: 1 }, crashed(0, 0));
  assertEquals(commands, [start(0)]);
  assertEquals(step(state, crashed(0)), [{ kind: "giveUp" }]);
});

Deno.test("losses: an item that holds its thread when its time is up fails; what only waited there runs again", () => {
  const { state, commands } = after({ tasks: 3 }, ready(0), input(3), yielded(2), overdue(0, 0), expired(0, 0, 0));
  assertEquals(commands, [
    fail(0, 0, "timeout"),
    deliver(0),
    fail(0, 2, "lost"),
    deliver(2),
    { kind: "kill", slot: 0 },
    start(0),
  ]);
  assertEquals([...state.waiting.ranges], [{ first: 1, end: 2 }]);
  assertEquals(state.restarts, 2); // that a slot is killed costs none
  assertEquals(step(state, ready(0)), [send(0, 1)]);
});

Deno.test("losses: where any of several may hold the thread, each runs again alone, but for what has given values", () => {
  const events = [ready(0), input(4), yielded(1), overdue(0, 0), expired(0, 0, 0, 1, 2, 7)] as const;
  const { state, commands } = after({ tasks: 4 }, ...events);
  assertEquals(commands, [fail(0, 1, "lost"), deliver(1), { kind: "kill", slot: 0 }, start(0)]);
  assertEquals([state.suspects.ranges, state.waiting.ranges], [
    [{ first: 0, end: 1 }, { first: 2, end: 3 }],
    [{ first: 3, end: 4 }],
  ]);
});

Deno.test("losses: after a stop nothing runs again, and no slot is replaced", () => {
  const events = [ready(0), input(3), overdue(0, 0), stopped] as const;
  const killed = after({ tasks: 3 }, ...events, expired(0, 0, 0, 1));
  assertEquals(killed.commands, [{ kind: "kill", slot: 0 }]);
  const gone = after({ tasks: 3 }, ...events, crashed(0, 0, 1));
  assertEquals(gone.commands, []);
  const unstarted = after({ tasks: 3, retries: 1 }, ready(0), input(5), failed(0, 0), stopped);
  assertEquals([unstarted.state.waiting.size, unstarted.state.backingOff.size], [0, 0]);
  assertEquals(after({ tasks: 2 }, ready(0), input(2), crashed(0, 0, 1), stopped).state.suspects.size, 0);
  for (const { state } of [killed, gone]) assertEquals([state.suspects.size, state.waiting.size], [0, 0]);
});

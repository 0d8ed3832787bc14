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
  retryDue,
  send,
  start,
  stopped,
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

Deno.test("retries: an error says when its item may run again, and that it must not", () => {
  const begun = [ready(0), input(1)];
  assertEquals(after({ retries: 2 }, ...begun, failed(0, 0, 700)).commands, [backOff(0, 2, 700)]);
  assertEquals(after({ retries: 2 }, ...begun, failed(0, 0, Infinity)).commands, [deliver(0)]);
});

Deno.test("retries: an item that is lost does not run again if errors of its kind are not retried", () => {
  const limits = { retries: 2, tasks: 2 };
  const final = true;
  const begun = [ready(0), input(1)];
  const died_ = after(limits, ...begun, { ...died(0, 0), final });
  assertEquals(died_.commands, [fail(0, 0, "lost"), deliver(0), start(0)]);
  const crashed_ = after(limits, ...begun, { ...crashed(0, 0), final });
  assertEquals(crashed_.commands, [fail(0, 0, "lost"), deliver(0), start(0)]);
  const stuck = after(limits, ...begun, overdue(0, 0), { ...expired(0, 0, 0), final });
  assertEquals(stuck.commands.slice(0, 2), [fail(0, 0, "timeout"), deliver(0)]);
});

/** A budget of one retry, and another one for each four attempts. */
const tight = { retries: 9, tasks: 4, retryBudget: { first: 1, share: 0.25, most: 2 } };

Deno.test("retry budget: an item over it waits until enough others have ended", () => {
  const { state } = after(tight, ready(0), input(99), failed(0, 0), failed(0, 1), failed(0, 2));
  const begun = (...items: number[]) =>
    items.map((item) => state.attempts.get(item) !== undefined && !state.due.has(item));
  for (const item of [2, 1, 0]) step(state, retryDue(item));
  assertEquals([[...state.due.ranges], begun(2)], [[{ first: 0, end: 2 }], [true]], "1 + 3 × 0.25 let one go");
  step(state, ended(0, 3, 4, 0));
  assertEquals([...state.due.ranges], [{ first: 1, end: 2 }], "the lowest goes first");
  step(state, ended(0, 4, 7, 0));
  assertEquals(state.due.size, 1);
  step(state, ended(0, 7, 8, 0));
  assertEquals([state.due.size, state.retryCredit], [0, 0]);
});

Deno.test("retry budget: what is saved up is bounded", () => {
  const { state } = after(tight, ready(0), input(99));
  step(state, ended(0, 0, 3, 0.001)); // quick items: the slot gets many
  assertEquals(state.retryCredit, 1.75);
  step(state, ended(0, 3, 15, 0));
  assertEquals(state.retryCredit, 2);
});

Deno.test("retry budget: without more input, items go beyond it when nothing else is left to start", () => {
  const none = { ...tight, retryBudget: { first: 0, share: 0, most: 0 } };
  const last = { kind: "input", count: 7, bytes: 0, last: true } as const;
  const { state, commands } = after(none, ready(0), last, failed(0, 0), ended(0, 1, 3, 0), retryDue(0));
  assertEquals([commands, state.due.size], [[send(0, 0)], 0], "all others were sent");
  const waits = after({ ...none, tasks: 1 }, ready(0), last, failed(0, 0), retryDue(0)).state;
  assertEquals([waits.waiting.size > 0, waits.due.size], [true, 1]);
});

Deno.test("retry budget: with a window that is full of such items, they go", () => {
  const none = { ...tight, windowItems: 6, retryBudget: { first: 0, share: 0, most: 0 } };
  const { state } = after(none, ready(0), input(6), failed(0, 0), failed(0, 1), retryDue(0), retryDue(1));
  assertEquals([state.due.size, state.slots.get(0)?.held.has(0), state.retryCredit], [0, true, 0]);
});

Deno.test("retry budget: while an input trickles, one goes at a time, and only where every slot is idle", () => {
  const none = { ...tight, retryBudget: { first: 0, share: 0, most: 0 } };
  const { state } = after(none, ready(0), ready(1), input(3), failed(0, 0), failed(0, 1));
  step(state, retryDue(0));
  step(state, retryDue(1));
  assertEquals(state.due.size, 2, "an item runs");
  assertEquals(step(state, ended(1, 2, 3, 0)), [deliver(2), send(0, 0)]);
  assertEquals(state.due.size, 1);
  assertEquals(step(state, ended(0, 0, 1, 0)), [deliver(0), send(0, 1)]);
});

Deno.test("retry budget: after a stop, no item that is due runs", () => {
  const none = { ...tight, retryBudget: { first: 0, share: 0, most: 0 } };
  const { state } = after(none, ready(0), input(2), failed(0, 0), retryDue(0));
  assertEquals(state.due.size, 1);
  step(state, stopped);
  assertEquals([state.due.size, step(state, ended(0, 1, 2))], [0, [deliver(1)]]);
});

Deno.test("retry budget: the next item to be delivered does not wait for it where a slot is paused", () => {
  const none = { ...tight, ordered: true, retryBudget: { first: 0, share: 0, most: 0 } };
  const events = [ready(0), input(99), failed(0, 0), failed(0, 1), retryDue(1), retryDue(0)];
  const { state } = after(none, ...events);
  assertEquals(state.due.size, 2);
  assertEquals([step(state, { kind: "paused" }), state.due.size], [[send(0, 0)], 1]);
  step(state, { kind: "taken", items: 0, bytes: 0, paused: false });
  assertEquals(step(state, ended(0, 0, 1, 0)).filter(({ kind }) => kind === "send"), []);
  assertEquals(state.due.size, 1);
  assertEquals(after(none, ...events.slice(0, 4), { kind: "paused" }, retryDue(1), retryDue(0)).commands, [send(0, 0)]);
});

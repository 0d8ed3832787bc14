import { assertEquals } from "@std/assert";
import { hasPlace } from "../../../lib/exec/schedule/assign.ts";
import { step } from "../../../lib/exec/schedule/scheduler.ts";
import {
  after,
  crashed,
  deliver,
  died,
  ended,
  failed,
  input,
  ready,
  reclaim,
  reclaimed,
  retryDue,
  send,
  start,
  stopped,
} from "./events.ts";

Deno.test("assign: a slot that runs a suspect gets nothing else, and takes part in no theft", () => {
  const { state } = after({ steal: true, tasks: 2 }, ready(0), input(2), crashed(0, 0, 1), ready(0));
  assertEquals([state.slots.get(0)?.held.size, state.suspects.size], [1, 1]);
  assertEquals(step(state, input(3)), []);
  assertEquals(step(state, ready(1)), [send(1, 1)]); // the other suspect
  assertEquals(step(state, ready(2)), [send(2, 2, 5)]);
  assertEquals(step(state, ended(0, 0, 1)), [deliver(0), reclaim(2, 3, 5)]); // no suspect is left: it is as any other
});

Deno.test("assign: if only slots with suspects are up, one of them gets the item that all outcomes wait for, and no other", () => {
  const events = [ready(0), input(3), crashed(0, 1, 2), ready(0)] as const;
  assertEquals(after({ tasks: 3, ordered: true }, ...events).commands, [send(0, 1), send(0, 0)]);
  assertEquals(after({ tasks: 3 }, ...events).commands, [send(0, 1)]);
});

Deno.test("assign: a suspect stays alone as long as it runs, whatever else its slot reports", () => {
  const { state } = after({ tasks: 3, ordered: true }, ready(0), input(3), crashed(0, 1, 2), ready(0), input(4));
  assertEquals(step(state, { kind: "ended", slot: 0, stretches: [], ms: 1 }), []);
  assertEquals(step(state, ended(0, 0, 1)), [deliver(0)]);
  assertEquals(step(state, ended(0, 1, 2)), [deliver(1), send(0, 2)]); // the other suspect
});

Deno.test("assign: the item that all outcomes wait for goes to a full slot alone, and to the one with the most room", () => {
  const { state } = after({ ordered: true, retries: 1, tasks: 4 }, ready(0), ready(1), input(16));
  step(state, failed(0, 0));
  step(state, failed(0, 1));
  step(state, input(9));
  const held = () => [...state.slots.values()].map(({ held }) => held.size);
  const [a, b] = held();
  step(state, retryDue(1));
  assertEquals(held(), [a, b]);
  const roomier = a <= b ? 0 : 1;
  assertEquals(step(state, retryDue(0)), [send(roomier, 0)]); // not 1, though it comes next
});

Deno.test("assign: a slot gets no more than it has room for, however scattered the items are", () => {
  const { state } = after({ tasks: 9 }, ready(0), input(9), died(0, 1, 3, 5, 7)); // 0, 2, 4, 6 and 8 are left
  step(state, { kind: "tuned", threads: Infinity, tasks: 1, add: [] });
  assertEquals(step(state, ready(1)), [send(1, 0), send(1, 2), send(1, 4)]); // 1 task, and 2 batches of 1
});

Deno.test("assign: nothing is stolen unless slots may steal, nor from a slot that holds only what it runs", () => {
  assertEquals(after({ steal: false }, ready(0), input(3), ready(1)).commands, []);
  assertEquals(after({ steal: true }, ready(0), input(1), ready(1)).commands, []);
  assertEquals(after({ steal: true }, ready(0), input(2), ready(1)).commands, [reclaim(0, 1, 2)]);
});

Deno.test("assign: a slot is not asked again before it has answered", () => {
  const { state } = after({ steal: true }, ready(0), input(3), ready(1));
  assertEquals(step(state, ready(2)), []);
  assertEquals(step(state, reclaimed(0, 2)), [send(1, 2), reclaim(0, 1, 2)]);
});

Deno.test("assign: a slot in which everything had started may be robbed again as soon as it gets more items", () => {
  const { state } = after({ steal: true }, ready(0), input(3), ready(1));
  step(state, reclaimed(0));
  step(state, reclaimed(0)); // all had started
  step(state, died(1));
  assertEquals(step(state, ended(0, 0, 2, 0)), [deliver(0, 2)]);
  assertEquals(step(state, input(2)), [send(0, 3, 5)]);
  assertEquals(step(state, ready(1)), [reclaim(0, 3, 5)]);
});

Deno.test("assign: each idle slot steals from a slot of its own", () => {
  const { state } = after({ steal: true }, ready(0), ready(1), ready(2), ready(3), input(12));
  assertEquals(step(state, ended(0, 0, 3, 0)), [deliver(0, 3), reclaim(3, 10, 12)]);
  assertEquals(step(state, ended(1, 3, 6, 0)), [deliver(3, 6), reclaim(2, 7, 9)]); // 3 has not answered yet
});

Deno.test("assign: after a stop nothing is sent or taken", () => {
  const events = [ready(0), ready(1), input(3), ended(1, 2, 3), stopped] as const;
  const { state } = after({ steal: true }, ...events);
  for (const event of [input(2), ready(2), ended(0, 0, 1)]) {
    assertEquals(step(state, event).filter(({ kind }) => kind !== "deliver"), []);
  }
  assertEquals(step(state, { kind: "tuned", threads: Infinity, tasks: 5, add: [3] }), []);
});

Deno.test("assign: slots that are added start, and share what waits", () => {
  const { state, commands } = after({}, ready(0), input(9), {
    kind: "tuned",
    threads: Infinity,
    tasks: 3,
    add: [1, 2],
  });
  assertEquals(commands, [start(1), start(2), send(0, 3, 5)]); // it has room for 3 tasks now
  assertEquals(step(state, ready(1)), [send(1, 5, 9)]);
});

Deno.test("assign: an item whose error asks to wait keeps its place, until its next attempt is due", () => {
  const { state } = after({ retries: 1, tasks: 2 }, ready(0), ready(1), input(4));
  step(state, failed(0, 0, 700));
  step(state, failed(0, 1, 700));
  assertEquals(step(state, input(3)), [send(1, 4, 6)]); // slot 0 rests: what is more waits for a place
  assertEquals(hasPlace(state, Infinity), false);
  assertEquals(step(state, retryDue(0)), [send(0, 0), send(0, 6)]); // a place, and two batches of 1
});

Deno.test("assign: an idle slot takes what a slot has that rests, also a single item; a slot that rests takes nothing", () => {
  const limits = { retries: 1, tasks: 1, steal: true };
  const { state } = after(limits, ready(0), ready(1), input(3), failed(0, 0, 700));
  assertEquals([...state.slots.values()].map(({ held }) => held.lowest), [1, 2]);
  assertEquals(step(state, ended(1, 2, 3)), [deliver(2), reclaim(0, 1, 2)]);
  assertEquals(step(state, reclaimed(0, 1)), [send(1, 1)]);
});

Deno.test("assign: where the width is chosen, an item whose error asks to wait gives its place away", () => {
  const { state } = after({ retries: 1, tasks: 1, keepsPlaces: false }, ready(0), input(1), failed(0, 0, 700));
  assertEquals(step(state, input(1)), [send(0, 1)]);
});

import { assert, assertEquals } from "@std/assert";
import { isDone, step, wantsInput } from "../../../lib/exec/schedule/scheduler.ts";
import { after, died, ended, input, range, ready, send } from "./events.ts";

Deno.test("scheduler: a batch grows at most eightfold, towards batchMs of work, and shrinks half of the way", () => {
  const { state } = after({}, ready(0), input(1_000));
  const batches = [1, 2, 3, 4].map((end) => {
    step(state, ended(0, end - 1, end, 0.01)); // 100 items a millisecond
    return state.batch;
  });
  assertEquals(batches, [8, 64, 500, 500]);
  step(state, ended(0, 4, 5, 1_000));
  assertEquals(state.batch, 250);
});

Deno.test("scheduler: few items are spread over all slots", () => {
  const { commands } = after({ tasks: 10 }, ready(0), ready(1), ready(2), ready(3), input(6));
  assertEquals(commands, [send(0, 0, 2), send(1, 2, 4), send(2, 4, 5), send(3, 5, 6)]);
  assertEquals(after({}, ready(0), ready(1), input(1)).commands, [send(0, 0, 1)]);
});

Deno.test("scheduler: items that a full slot has no room for go to the other slots", () => {
  const events = [ready(0), input(8), ready(1), input(1), input(11)]; // 0 has room for 2, 1 for 9
  const { state } = after({ tasks: 8 }, ...events);
  assertEquals([state.slots.get(0)?.held.size, state.slots.get(1)?.held.size, state.waiting.size], [10, 10, 0]);
});

Deno.test("scheduler: the item that all outcomes wait for is sent to a full slot", () => {
  const failed = ended(0, 0, 1, 1, false);
  const { commands } = after({ ordered: true, retries: 1 }, ready(0), input(9), failed, { kind: "retryDue", item: 0 });
  assertEquals(commands, [send(0, 0, 1)]);
  const later = ended(0, 1, 2, 1, false);
  const other = after({ ordered: true, retries: 1 }, ready(0), input(9), later, { kind: "retryDue", item: 1 });
  assertEquals(other.commands, []);
});

Deno.test("scheduler: slots are replaced as often as the budget allows; an item that succeeds resets it", () => {
  const { state, commands } = after({}, ready(0), ready(1), input(1), died(1), died(1));
  assertEquals(commands, [{ kind: "start", slot: 1 }]);
  step(state, ended(0, 0, 1));
  const later = [1, 1, 1].map((slot) => step(state, died(slot)));
  assertEquals(later, [[{ kind: "start", slot: 1 }], [{ kind: "start", slot: 1 }], [{ kind: "giveUp" }]]);
});

Deno.test("scheduler: items that had started in a slot that died are lost; the others run elsewhere", () => {
  const { commands } = after({ tasks: 3 }, ready(0), input(4), ready(1), died(0, 1));
  assertEquals(commands, [
    { kind: "fail", item: 1, slot: 0, why: "lost", attempts: 1 },
    { kind: "deliver", range: range(1, 2) },
    { kind: "start", slot: 0 },
    send(1, 0, 1),
    send(1, 2, 4),
  ]);
});

Deno.test("scheduler: an idle slot reclaims the higher half, then everything, then nothing until there are more items", () => {
  const nothing = { kind: "reclaimed", slot: 0, ranges: [] } as const;
  const { state, commands } = after({ steal: true }, ready(0), input(3), ready(1));
  assertEquals(commands, [{ kind: "reclaim", slot: 0, ranges: [range(1, 3)] }]);
  assertEquals(step(state, nothing), [{ kind: "reclaim", slot: 0, ranges: [range(0, 3)] }]);
  assertEquals(step(state, nothing), []);
  assertEquals(step(state, ended(0, 0, 1)), [{ kind: "deliver", range: range(0, 1) }]);
  assertEquals(step(state, input(2)), [send(1, 3, 5)]);
});

Deno.test("scheduler: an idle slot steals from the slot that holds the most, and later half of what is left", () => {
  const events = [ready(0), ready(1), ready(2), input(10), ended(2, 7, 10, 0)];
  const { state, commands } = after({ steal: true, tasks: 6 }, ...events); // 0 has 4, 1 has 3
  assertEquals(commands.slice(1), [{ kind: "reclaim", slot: 0, ranges: [range(2, 4)] }]);
  assertEquals(step(state, { kind: "reclaimed", slot: 0, ranges: [range(3, 4)] }), [send(2, 3, 4)]);
  step(state, ended(1, 4, 6, 0));
  assertEquals(step(state, ended(2, 3, 4, 0)).slice(1), [{ kind: "reclaim", slot: 0, ranges: [range(1, 3)] }]);
});

Deno.test("scheduler: a slot is killed only for an item that was cancelled in it", () => {
  const overdue = { kind: "overdue", slot: 0, item: 0 } as const;
  const expired = { kind: "expired", slot: 0, item: 0, holders: [0] } as const;
  const { state, commands } = after({}, ready(0), input(2), overdue);
  assertEquals(commands, [{ kind: "cancel", slot: 0, item: 0 }]);
  assertEquals(step(state, overdue), []);
  step(state, died(0)); // the item had ended, but this was not reported
  assertEquals(step(state, ready(0)), [send(0, 0, 2)]);
  assertEquals(step(state, expired), []);
  step(state, overdue);
  assertEquals(step(state, expired), [
    { kind: "fail", item: 0, slot: 0, why: "timeout", attempts: 1 },
    { kind: "deliver", range: range(0, 1) },
    { kind: "kill", slot: 0 },
    { kind: "start", slot: 0 },
  ]);
});

Deno.test("scheduler: input is wanted as long as the slots can soon use it", () => {
  const { state } = after({}, ready(0), ready(1), input(11)); // each has 3 and could soon have 3 more
  assert(wantsInput(state));
  step(state, input(1));
  assert(!wantsInput(state));
  step(state, ended(0, 0, 2, 1_000));
  assert(wantsInput(state));
});

Deno.test("scheduler: an item larger than the window comes alone", () => {
  const { state } = after({}, ready(0), input(1, 2_000));
  assert(!wantsInput(state));
  step(state, ended(0, 0, 1));
  assert(!wantsInput(state));
  step(state, { kind: "taken", items: 1, bytes: 0, paused: false });
  assert(wantsInput(state));
});

Deno.test("scheduler: after a stop it takes everything back, starts nothing, and is done when nothing runs", () => {
  const { state, commands } = after({ retries: 1 }, ready(0), ready(1), input(5), { kind: "stopped" });
  assertEquals(commands, [
    { kind: "reclaim", slot: 0, ranges: [range(0, 3)] },
    { kind: "reclaim", slot: 1, ranges: [range(3, 5)] },
  ]);
  step(state, { kind: "reclaimed", slot: 0, ranges: [range(1, 3)] });
  step(state, { kind: "reclaimed", slot: 1, ranges: [range(4, 5)] });
  assertEquals([step(state, ready(2)), wantsInput(state), isDone(state)], [[], false, false]);
  const failed = step(state, ended(0, 0, 1, 1, false));
  assertEquals([failed, isDone(state)], [[{ kind: "deliver", range: range(0, 1) }], false]);
  const lost = step(state, died(1, 3)).map(({ kind }) => kind);
  assertEquals([lost, isDone(state)], [["fail", "deliver"], true]);
});

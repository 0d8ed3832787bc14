import type { RangeSet } from "./range_set.ts";
import { type Command, type SlotId, type SlotState, type State, wantsInput } from "./state.ts";

/** Lets items wait for a slot; if starts are held back, for their release first. */
export function enqueue(state: State, first: number, end: number): Command[] {
  if (state.limits.heldBackBy === undefined) state.waiting.add(first, end);
  else state.heldBack.add(first, end);
  return state.limits.heldBackBy === undefined || first === end ? [] : [{ kind: "hold", range: { first, end } }];
}

/** Whether an item that is released now would be sent to a slot that can start it, if each may run `most` items at once. */
export function hasPlace({ slots, threads, tasks, waiting, stopped, bytesOut, limits }: State, most: number): boolean {
  if (stopped || bytesOut >= limits.windowBytes) return false;
  let free = -waiting.size;
  for (const [id, slot] of slots) {
    if (!slot.alone && id < threads) free += Math.max(0, Math.min(tasks, most) - load(slot));
  }
  return free > 0;
}

/** How many places of a slot are taken, or will be. */
function load({ held, resting }: SlotState): number {
  return held.size + resting.size;
}

/** Whether a slot leaves all its places empty: what it is given would wait there. */
function isResting({ resting }: SlotState, tasks: number): boolean {
  return resting.size >= tasks;
}

/** Lets retries go that may. Gives waiting items to slots that have room, first to idle slots, then to the others. Then steals. */
export function assign(state: State): Command[] {
  if (state.stopped) return [];
  const commands: Command[] = [];
  releaseRetries(state, commands);
  sendSuspects(state, commands);
  let all = give(state, commands);
  if (releaseBeyondBudget(state, commands)) all = give(state, commands);
  if (state.limits.steal) steal(all, state, commands);
  return commands;
}

/** Gives waiting items to slots; returns all slots, the one with the fewest places taken first. */
function give(state: State, commands: Command[]): [SlotId, SlotState][] {
  const { tasks, batch } = state;
  const all = [...state.slots].sort(([, a], [, b]) => load(a) - load(b));
  const up = all.filter(([id, { alone }]) => !alone && id < state.threads);
  const awake = up.filter(([, slot]) => !isResting(slot, tasks));
  spread(state, awake.filter(([, { held }]) => held.size === 0), commands);
  spread(state, awake.filter(([, slot]) => load(slot) < tasks + batch), commands);
  sendNextOut(state, up[0] ?? all[0], commands);
  return all;
}

/**
 * Sends one suspect to each idle slot. The replacement of a crashed slot is idle, and so is a slot whose suspect has ended,
 * so every suspect gets its turn.
 */
function sendSuspects(state: State, commands: Command[]): void {
  for (const [id, slot] of state.slots) {
    if (state.suspects.size === 0) return;
    if (slot.held.size > 0) continue;
    slot.alone = true;
    send(state.suspects, id, slot, 1, commands);
  }
}

/**
 * Sends each slot its share of the waiting items, so that few items are spread over all slots. `slots` begins with the slot
 * that has the most room. It also gets what the others have no room for, and the lowest items, because it starts them first.
 */
function spread(state: State, slots: readonly [SlotId, SlotState][], commands: Command[]): void {
  const shares: number[] = [];
  let left = state.waiting.size;
  for (let i = slots.length - 1; i >= 0; i--) {
    const room = state.tasks + 2 * state.batch - load(slots[i][1]);
    shares[i] = Math.min(Math.floor(left / (i + 1)), room);
    left -= shares[i];
  }
  for (const [i, [id, slot]] of slots.entries()) send(state.waiting, id, slot, shares[i], commands);
}

function send(from: RangeSet, id: SlotId, slot: SlotState, count: number, commands: Command[]): void {
  for (let left = count; left > 0;) {
    const range = from.takeLowest(left);
    if (range === undefined) return;
    slot.held.add(range.first, range.end);
    slot.unstarted = "any";
    commands.push({ kind: "send", slot: id, range });
    left -= range.end - range.first;
  }
}

/**
 * Sends the next item to be delivered even to a full slot, or to a slot that runs a suspect: that slot may be waiting for
 * this very item.
 */
function sendNextOut(state: State, roomiest: [SlotId, SlotState] | undefined, commands: Command[]): void {
  if (!state.limits.ordered || state.waiting.lowest !== state.nextOut || roomiest === undefined) return;
  const [id, slot] = roomiest;
  send(state.waiting, id, slot, 1, commands);
}

/**
 * For each idle slot, reclaims the higher half of the items of a slot that holds the most, because these would start last.
 * If all of that half had started, reclaims everything, because a lower item may have come later. A slot that holds one item
 * is running it, if it does not rest.
 */
function steal(up: readonly [SlotId, SlotState][], { threads, tasks }: State, commands: Command[]): void {
  const idle = up.filter(([id, slot]) => slot.held.size === 0 && id < threads && !isResting(slot, tasks)).length;
  if (idle === 0) return;
  const rich = up.filter(([, slot]) =>
    slot.held.size > (isResting(slot, tasks) ? 0 : 1) && slot.unstarted !== "none" && !slot.asked
  );
  for (const [id, slot] of rich.slice(-idle)) {
    const count = slot.unstarted === "any" ? Math.ceil(slot.held.size / 2) : slot.held.size;
    slot.unstarted = slot.unstarted === "any" ? "lower" : "none";
    slot.asked = true;
    commands.push({ kind: "reclaim", slot: id, ranges: slot.held.highest(count) });
  }
}

/**
 * Lets items run again whose back-off is over, lowest first, as far as the retry budget allows. While what the items call is down,
 * five retries would call it six times as often; with a budget of a fifth of all attempts it is 1.25 times. That share, and some
 * retries at the start, are the rule of Finagle's RetryBudget; the SRE book ("Handling Overload") and gRPC's retryThrottling have
 * others to the same end. All of them fail what is over the budget. Here nobody waits for one item alone, so it waits until others
 * have ended, and is not lost. What is saved up is bounded, as in gRPC's bucket of tokens: a long good time does not pay for a
 * storm of retries.
 *
 * The next item to be delivered does not wait where a slot is paused: no other item might end before it is delivered. Where starts
 * are held back, slots are not given what they would pause for, so what would let them pause counts.
 */
function releaseRetries(state: State, commands: Command[]): void {
  const { due, limits, paused, nextOut, bytesOut, yielded } = state;
  for (; due.size > 0 && state.retryCredit >= 1; state.retryCredit--) letGo(state, 1, commands);
  const isStuck = paused || limits.heldBackBy !== undefined && (bytesOut >= limits.windowBytes || yielded.size > 0);
  if (limits.ordered && isStuck && due.lowest === nextOut) letGo(state, 1, commands);
  state.retryCredit = Math.min(state.retryCredit, limits.retryBudget.most);
}

/**
 * Lets items run again beyond the budget, which they take nothing from, if nothing else is left to start: they would wait for
 * nothing. Without more input, or with a window that is full of such items, that is all of them. While more input may come, it is
 * one item, and only where every slot is idle: so an input that trickles holds none up for ever. What is held back is left to
 * start, too; but what its keys hold back may wait for such an item, which keeps its place. Returns whether there are any to send.
 */
function releaseBeyondBudget(state: State, commands: Command[]): boolean {
  const { due, waiting, heldBack, slots, limits } = state;
  if (due.size === 0 || waiting.size > 0 || heldBack.size > 0 && limits.heldBackBy === "rate") return false;
  const isIdle = [...slots.values()].every(({ held }) => held.size === 0);
  if (heldBack.size === 0 && !wantsInput(state)) letGo(state, Infinity, commands);
  else if (isIdle) letGo(state, 1, commands);
  return waiting.size > 0;
}

/** Lets so many items run again. */
function letGo(state: State, count: number, commands: Command[]): void {
  for (let left = count; left > 0;) {
    const range = state.due.takeLowest(left);
    if (range === undefined) return;
    commands.push(...enqueue(state, range.first, range.end));
    left -= range.end - range.first;
  }
}

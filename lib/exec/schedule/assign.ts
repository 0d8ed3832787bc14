import { releaseBeyondBudget, releaseRetries } from "./endings.ts";
import type { RangeSet } from "./range_set.ts";
import type { Command, SlotId, SlotState, State } from "./state.ts";

/** Lets retries go that may. Gives waiting items to slots that have room, first to idle slots, then to the others. Then steals. */
export function assign(state: State): Command[] {
  if (state.stopped) return [];
  const commands: Command[] = [];
  releaseRetries(state);
  sendSuspects(state, commands);
  let all = give(state, commands);
  if (releaseBeyondBudget(state)) all = give(state, commands);
  if (state.limits.steal) steal(all, state.threads, commands);
  return commands;
}

/** Gives waiting items to slots; returns all slots, the one that held the fewest first. */
function give(state: State, commands: Command[]): [SlotId, SlotState][] {
  const all = [...state.slots].sort(([, a], [, b]) => a.held.size - b.held.size);
  const up = all.filter(([id, { alone }]) => !alone && id < state.threads);
  const idle = up.filter(([, { held }]) => held.size === 0);
  spread(state, idle, commands);
  spread(state, up.filter(([, { held }]) => held.size < state.tasks + state.batch), commands);
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
    const room = state.tasks + 2 * state.batch - slots[i][1].held.size;
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
 * is running it.
 */
function steal(up: readonly [SlotId, SlotState][], threads: number, commands: Command[]): void {
  const idle = up.filter(([id, { held }]) => held.size === 0 && id < threads).length;
  if (idle === 0) return;
  const rich = up.filter(([, { held, unstarted, asked }]) => held.size > 1 && unstarted !== "none" && !asked);
  for (const [id, slot] of rich.slice(-idle)) {
    const count = slot.unstarted === "any" ? Math.ceil(slot.held.size / 2) : slot.held.size;
    slot.unstarted = slot.unstarted === "any" ? "lower" : "none";
    slot.asked = true;
    commands.push({ kind: "reclaim", slot: id, ranges: slot.held.highest(count) });
  }
}

import type { RangeSet } from "./range_set.ts";
import type { Command, SlotId, SlotState, State } from "./state.ts";

/** Gives waiting items to slots that have room: first to those that have nothing, then to the others; then steals. */
export function assign(state: State): Command[] {
  if (state.stopped) return [];
  const commands: Command[] = [];
  sendSuspects(state, commands);
  const all = [...state.slots].sort(([, a], [, b]) => a.held.size - b.held.size);
  const up = all.filter(([, { alone }]) => !alone);
  const idle = up.filter(([, { held }]) => held.size === 0);
  spread(state, idle, commands);
  spread(state, up.filter(([, { held }]) => held.size < state.tasks + state.batch), commands);
  sendNextOut(state, up[0] ?? all[0], commands);
  if (state.limits.steal) steal(all, commands);
  return commands;
}

/**
 * Suspects go to slots that have nothing, one to each: the slot that replaces the one that crashed is such a slot, and so
 * is one whose suspect has ended, so each of them has its turn.
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
 * Each slot gets its share of what is waiting, so that few items spread over all slots. `slots` begins with the one that
 * has most room: it gets what the others have no room for too, and the lowest items, because it starts them soonest.
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
 * The item that all outcomes wait for is sent even to a full slot, and even beside a suspect: those may be waiting because
 * of it.
 */
function sendNextOut(state: State, roomiest: [SlotId, SlotState] | undefined, commands: Command[]): void {
  if (!state.limits.ordered || state.waiting.lowest !== state.nextOut || roomiest === undefined) return;
  const [id, slot] = roomiest;
  send(state.waiting, id, slot, 1, commands);
}

/**
 * While a slot has nothing, asks the one that holds most for the higher half of it: that starts last. If all of it had
 * started, then for everything: a lower item may have come later. A slot that holds one thing runs it.
 */
function steal(up: readonly [SlotId, SlotState][], commands: Command[]): void {
  const idle = up.filter(([, { held }]) => held.size === 0).length;
  if (idle === 0) return;
  const rich = up.filter(([, { held, unstarted, asked }]) => held.size > 1 && unstarted !== "none" && !asked);
  for (const [id, slot] of rich.slice(-idle)) {
    const count = slot.unstarted === "any" ? Math.ceil(slot.held.size / 2) : slot.held.size;
    slot.unstarted = slot.unstarted === "any" ? "lower" : "none";
    slot.asked = true;
    commands.push({ kind: "reclaim", slot: id, ranges: slot.held.highest(count) });
  }
}

import { assign, enqueue } from "./assign.ts";
import { failOrRetry } from "./endings.ts";
import { type Range, RangeSet } from "./range_set.ts";
import type { Command, Event, SlotId, State } from "./state.ts";

export function died(state: State, id: SlotId, started: readonly Range[], final?: boolean): Command[] {
  const commands: Command[] = [];
  const held = state.slots.get(id)?.held;
  state.slots.delete(id);
  if (held !== undefined) {
    for (const { first, end } of started) {
      for (let item = first; item < end; item++) {
        if (held.remove(item, item + 1) > 0) commands.push(...failOrRetry(state, id, item, "lost", final));
      }
    }
    commands.push(...giveBack(state, id, held));
  }
  const again: Command = state.restarts-- > 0 ? { kind: "start", slot: id } : { kind: "giveUp" };
  return [...commands, ...(state.stopped ? [] : [again]), ...assign(state)];
}

export function crashed(
  state: State,
  id: SlotId,
  started: readonly Range[] | undefined,
  final?: boolean,
): Command[] {
  const slot = state.slots.get(id);
  if (slot === undefined) return died(state, id, []);
  const suspects: number[] = [];
  for (const { first, end } of started ?? [...slot.held.ranges]) {
    for (let item = first; item < end; item++) if (slot.held.remove(item, item + 1) > 0) suspects.push(item);
  }
  const commands: Command[] = [];
  // A single suspect in a process in which no other item has ended must be the culprit.
  const isCulprit = suspects.length === 1 && slot.fresh;
  for (const item of state.stopped ? [] : suspects) {
    if (isCulprit || state.yielded.has(item)) commands.push(...failOrRetry(state, id, item, "lost", final));
    else state.suspects.add(item, item + 1);
  }
  if (isCulprit) state.restarts = state.limits.restarts; // an item has ended: that is progress
  return [...commands, ...died(state, id, [])];
}

export function overdue(state: State, id: SlotId, item: number): Command[] {
  const slot = state.slots.get(id);
  if (!slot?.held.has(item) || slot.cancelled.has(item)) return [];
  slot.cancelled.add(item);
  return [{ kind: "cancel", slot: id, item }];
}

/**
 * Gives up the slot. The item that holds its thread fails. If that may be one of several, each runs again, alone: the one that
 * is stuck then too is found. What only waited beside it runs again, however overdue: its thread gave it no time.
 */
export function expired(state: State, { slot: id, item, holders, final }: Event & { kind: "expired" }): Command[] {
  const slot = state.slots.get(id);
  if (!slot?.cancelled.has(item)) return []; // the item ended after all, or this is a new slot, even if it holds the same item
  const commands: Command[] = [];
  const suspects = holders.filter((holder) => slot.held.remove(holder, holder + 1) > 0);
  for (const suspect of suspects) {
    if (suspects.length === 1) commands.push(...failOrRetry(state, id, suspect, "timeout", final));
    else if (state.yielded.has(suspect)) commands.push(...failOrRetry(state, id, suspect, "lost"));
    else if (!state.stopped) state.suspects.add(suspect, suspect + 1);
  }
  commands.push(...giveBack(state, id, slot.held));
  state.slots.delete(id);
  const again: Command[] = state.stopped ? [] : [{ kind: "start", slot: id }];
  return [...commands, { kind: "kill", slot: id }, ...again, ...assign(state)];
}

/**
 * Gives the items of a slot that is gone back to run elsewhere, except those that have yielded values. Some may have started, so
 * each is held back again where starts are.
 */
function giveBack(state: State, id: SlotId, held: RangeSet): Command[] {
  const commands: Command[] = [];
  for (const item of state.yielded) {
    if (held.remove(item, item + 1) > 0) commands.push(...failOrRetry(state, id, item, "lost"));
  }
  for (const { first, end } of state.stopped ? [] : held.ranges) commands.push(...enqueue(state, first, end));
  return commands;
}

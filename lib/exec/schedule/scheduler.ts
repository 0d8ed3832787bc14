import { assign, enqueue, hasPlace } from "./assign.ts";
import { deliver, mayRetry, retry } from "./endings.ts";
import { crashed, died, expired, overdue } from "./losses.ts";
import type { Range } from "./range_set.ts";
import {
  type Command,
  type Event,
  initialState,
  type Limits,
  newSlot,
  type SlotId,
  type State,
  type Stretch,
  wantsInput,
} from "./state.ts";

export {
  type Command,
  type Event,
  initialState,
  type Limits,
  type RetryBudget,
  type SlotId,
  type State,
  type Stretch,
  wantsInput,
} from "./state.ts";

/** What decides for a run. `step` changes the state; its commands are to be executed as they come, before the next event. */
export interface Scheduler {
  initialState(limits: Limits, batch?: number): State;
  step(state: State, event: Event): Iterable<Command>;
  wantsInput(state: State): boolean;
  hasPlace(state: State, most: number): boolean;
}

/** The maximum growth of a batch from one reading to the next: one quick item says little about the others. */
const growth = 8;

/** Maximum items of a batch, so that one slot does not take all of them. */
const maxBatch = 8192;

/** Whether the run is done: no input will come and every outcome has been taken. After `stopped`: no slot holds an item. */
export function isDone(state: State): boolean {
  return state.stopped
    ? [...state.slots.values()].every(({ held }) => held.size === 0)
    : state.inputEnded && state.untaken === 0;
}

/** Applies one event to `state` and returns the commands to execute, in order. Changes nothing but `state`. */
export function step(state: State, event: Event): Command[] {
  switch (event.kind) {
    case "input": {
      const commands = enqueue(state, state.admitted, state.admitted + event.count);
      state.admitted += event.count;
      state.untaken += event.count;
      state.bytesIn += event.bytes;
      state.inputEnded = event.last;
      return [...commands, ...assign(state)];
    }
    case "release":
      if (state.heldBack.remove(event.item, event.item + 1) > 0) state.waiting.add(event.item, event.item + 1);
      return assign(state);
    case "ready":
      state.slots.set(event.slot, newSlot());
      return assign(state);
    case "ended":
      return ended(state, event.slot, event.stretches, event.ms);
    case "yielded":
      state.yielded.add(event.item);
      return state.due.size > 0 ? assign(state) : [];
    case "reclaimed":
      return reclaimed(state, event.slot, event.ranges);
    case "died":
      return died(state, event.slot, event.started, event.final);
    case "crashed":
      return crashed(state, event.slot, event.started, event.final);
    case "overdue":
      return overdue(state, event.slot, event.item);
    case "expired":
      return expired(state, event);
    case "retryDue":
      return retryDue(state, event.item);
    case "taken":
      state.untaken -= event.items;
      state.bytesOut -= event.bytes;
      state.paused = event.paused;
      return [];
    case "paused":
      state.paused = true;
      return assign(state);
    case "freed":
      state.bytesIn -= event.bytes;
      return [];
    case "tuned":
      state.threads = event.threads;
      state.tasks = event.tasks;
      if (state.stopped) return [];
      return [...event.add.map((slot) => ({ kind: "start", slot }) as const), ...assign(state)];
    case "stopped":
      state.stopped = true;
      state.heldBack.clear();
      state.waiting.clear();
      state.suspects.clear();
      state.backingOff.clear();
      state.due.clear();
      return [...state.slots].map(([slot, { held }]) => ({ kind: "reclaim", slot, ranges: [...held.ranges] }));
    default:
      return event satisfies never;
  }
}

function ended(state: State, id: SlotId, stretches: readonly Stretch[], ms: number): Command[] {
  const slot = state.slots.get(id);
  if (slot === undefined) return []; // a late message of a slot that was given up
  const commands: Command[] = [];
  let count = 0;
  for (const { first, end, ok, bytes, retryAfterMs } of stretches) {
    const items = slot.held.remove(first, end);
    if (items === 0) continue;
    count += items;
    slot.fresh = false;
    if (ok) state.restarts = state.limits.restarts;
    if (!ok && mayRetry(state, first, retryAfterMs)) {
      if (state.limits.keepsPlaces && retryAfterMs !== undefined) slot.resting.add(first, end);
      commands.push(retry(state, first, retryAfterMs));
    } else {
      state.bytesOut += bytes;
      commands.push(...deliver(state, first, end));
    }
  }
  state.retryCredit += count * state.limits.retryBudget.share;
  if (slot.held.size === 0) slot.alone = false;
  if (ms > 0 && count > 0) pace(state, count / ms);
  for (const item of slot.cancelled) if (!slot.held.has(item)) slot.cancelled.delete(item);
  return [...commands, ...assign(state)];
}

function retryDue(state: State, item: number): Command[] {
  if (state.backingOff.remove(item, item + 1) > 0) state.due.add(item, item + 1);
  for (const { resting } of state.slots.values()) if (resting.size > 0) resting.remove(item, item + 1);
  return assign(state);
}

/** Moves the size of a batch towards `batchMs` of work: up by a factor of at most `growth`, down half of the way. */
function pace(state: State, itemsPerMs: number): void {
  const target = Math.min(maxBatch, state.limits.batchMs * itemsPerMs);
  state.batch = target > state.batch ? Math.min(target, state.batch * growth) : (state.batch + target) / 2;
  state.batch = Math.max(1, Math.round(state.batch));
}

function reclaimed(state: State, id: SlotId, ranges: readonly Range[]): Command[] {
  const slot = state.slots.get(id);
  if (slot === undefined) return []; // the slot died in the meantime, and its items are elsewhere
  slot.asked = false;
  if (ranges.length > 0 && slot.unstarted === "lower") slot.unstarted = "any";
  for (const { first, end } of ranges) {
    if (slot.held.remove(first, end) > 0 && !state.stopped) state.waiting.add(first, end);
  }
  return assign(state);
}

export const scheduler: Scheduler = { initialState, step, wantsInput, hasPlace };

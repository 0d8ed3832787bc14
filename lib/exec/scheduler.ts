import { assign, newSlot, type SlotState } from "./assign.ts";
import { type Range, RangeSet } from "./range_set.ts";

/** A slot's number, from 0. It outlives the thread in it: a dead one is replaced under the same number. */
export type SlotId = number;

/** Consecutive items that ended alike; `bytes` is how much output they gave. A failed item is a run of its own. */
export interface Run extends Range {
  readonly ok: boolean;
  readonly bytes: number;
}

/** What the world tells the scheduler. Items are known by their 0-based number in the order of their arrival. */
export type Event =
  /** The next `count` items have come, perhaps the last; they keep `bytes` of memory until they end. */
  | { readonly kind: "input"; readonly count: number; readonly bytes: number; readonly last: boolean }
  | { readonly kind: "ready"; readonly slot: SlotId }
  /** These items ended; the slot worked `ms` since it last said so. */
  | { readonly kind: "ended"; readonly slot: SlotId; readonly runs: readonly Run[]; readonly ms: number }
  /** An item has given a value and goes on. It must not run again: the value has left. */
  | { readonly kind: "spoke"; readonly item: number }
  /** The answer to `reclaim`: these items had not started and will not start there. */
  | { readonly kind: "reclaimed"; readonly slot: SlotId; readonly ranges: readonly Range[] }
  /** A slot is gone; `started` are those of its items that had started. */
  | { readonly kind: "died"; readonly slot: SlotId; readonly started: readonly Range[] }
  /**
   * A slot is gone with its whole process; `started` are those of its items that had started, if that is known. Any of
   * them may have been the cause: they run again, one at a time.
   */
  | { readonly kind: "crashed"; readonly slot: SlotId; readonly started: readonly Range[] | undefined }
  /** An item has run longer than its time limit. It may be said more than once. */
  | { readonly kind: "overdue"; readonly slot: SlotId; readonly item: number }
  /** An item was cancelled, and its grace time is over too. It may have ended meanwhile, or run elsewhere. */
  | { readonly kind: "expired"; readonly slot: SlotId; readonly item: number }
  /** An item has waited long enough for its next attempt. */
  | { readonly kind: "rested"; readonly item: number }
  /** The consumer has taken the outcomes of so many items, and let go of their output. */
  | { readonly kind: "taken"; readonly items: number; readonly bytes: number }
  /** The memory of ended items can be used again. */
  | { readonly kind: "freed"; readonly bytes: number }
  /** From now on each slot runs up to `tasks` items at once, and these slots exist too. */
  | { readonly kind: "tuned"; readonly tasks: number; readonly add: readonly SlotId[] }
  /** Nothing more is wanted: what has started may end, nothing else starts. */
  | { readonly kind: "stopped" };

/** What the scheduler asks of the world. */
export type Command =
  | { readonly kind: "send"; readonly slot: SlotId; readonly range: Range }
  /** Take back what of these items has not started; answer with `reclaimed`, also if it is nothing. */
  | { readonly kind: "reclaim"; readonly slot: SlotId; readonly ranges: readonly Range[] }
  | { readonly kind: "start"; readonly slot: SlotId }
  | { readonly kind: "kill"; readonly slot: SlotId }
  | { readonly kind: "cancel"; readonly slot: SlotId; readonly item: number }
  /** The outcome of this item is an error that no slot will report. */
  | {
    readonly kind: "fail";
    readonly item: number;
    readonly slot: SlotId;
    readonly why: "lost" | "timeout";
    readonly attempts: number;
  }
  /** This item failed and will run again, attempt `attempt` (from 2): forget the outcome, answer with `rested`. */
  | { readonly kind: "rest"; readonly item: number; readonly attempt: number }
  /** These outcomes are final and may leave, in this order. */
  | { readonly kind: "deliver"; readonly range: Range }
  /** Slots died more often than the budget allows: the run cannot go on. */
  | { readonly kind: "giveUp" };

/** What a run may use. */
export interface Limits {
  readonly ordered: boolean;
  /** Items that a slot runs at once. */
  readonly tasks: number;
  /** A batch aims at this much work, in milliseconds. */
  readonly batchMs: number;
  /** Most items that have come and are not taken. */
  readonly windowItems: number;
  /** Input is asked for while less than this is kept of it, and while less output than this waits to be taken. */
  readonly windowBytes: number;
  /** How often a failed item runs again. */
  readonly retries: number;
  /** How often in a row slots may die without an item that ends well. */
  readonly restarts: number;
  /** Idle slots take unstarted items of busy ones. */
  readonly steal: boolean;
}

/**
 * Everything the scheduler knows. Invariant: an item that has come is in exactly one place: `waiting`, `suspects`,
 * `resting`, one slot's `held`, `ended`, or delivered.
 */
export interface State {
  readonly limits: Limits;
  tasks: number;
  /** The slots that are up. */
  readonly slots: Map<SlotId, SlotState>;
  readonly waiting: RangeSet;
  /** Had started in a slot that crashed: each runs again as the only item of its slot, so that the culprit is known. */
  readonly suspects: RangeSet;
  readonly resting: RangeSet;
  /** Ended, but an earlier item has not (`ordered` only). */
  readonly ended: RangeSet;
  /** With `ordered`: every item below has been delivered, this one has not. */
  head: number;
  /** Items that have come, and those of them that are not taken. */
  admitted: number;
  untaken: number;
  bytesIn: number;
  bytesOut: number;
  /** How many items make about `batchMs` of work for a slot. */
  batch: number;
  /** How often the items that failed have been tried; only those are in it. */
  readonly attempts: Map<number, number>;
  /** Items that have given values and have not ended. */
  readonly spoken: Set<number>;
  restarts: number;
  inputEnded: boolean;
  stopped: boolean;
}

/** A batch grows by this factor at most from one report to the next: one quick item says little about the others. */
const growth = 8;

/** Most items of a batch, so that one slot does not take all there is. */
const largestBatch = 8192;

/** A state before anything has happened. */
export function initialState(limits: Limits): State {
  return {
    limits,
    tasks: limits.tasks,
    slots: new Map(),
    waiting: new RangeSet(),
    suspects: new RangeSet(),
    resting: new RangeSet(),
    ended: new RangeSet(),
    head: 0,
    admitted: 0,
    untaken: 0,
    bytesIn: 0,
    bytesOut: 0,
    batch: 1,
    attempts: new Map(),
    spoken: new Set(),
    restarts: limits.restarts,
    inputEnded: false,
    stopped: false,
  };
}

/**
 * Whether more input may come now: the window has room, and the slots could soon use it; or nothing is left to do, and
 * so nothing that would free memory.
 */
export function wantsInput(state: State): boolean {
  const { limits, slots, tasks, batch, untaken } = state;
  if (state.inputEnded || state.stopped) return false;
  return untaken === 0 ||
    untaken < limits.windowItems &&
      state.bytesIn < limits.windowBytes && state.bytesOut < limits.windowBytes &&
      state.waiting.size < Math.max(1, slots.size) * (tasks + 2 * batch);
}

/** Whether all has been done: no input will come, and every outcome has been taken. After `stopped`: nothing runs. */
export function isDone(state: State): boolean {
  return state.stopped
    ? [...state.slots.values()].every(({ held }) => held.size === 0)
    : state.inputEnded && state.untaken === 0;
}

/** Takes one event into `state` and returns what to do now, in order. Pure but for `state`. */
export function step(state: State, event: Event): Command[] {
  switch (event.kind) {
    case "input":
      state.waiting.add(state.admitted, state.admitted + event.count);
      state.admitted += event.count;
      state.untaken += event.count;
      state.bytesIn += event.bytes;
      state.inputEnded = event.last;
      return assign(state);
    case "ready":
      state.slots.set(event.slot, newSlot());
      return assign(state);
    case "ended":
      return ended(state, event.slot, event.runs, event.ms);
    case "spoke":
      state.spoken.add(event.item);
      return [];
    case "reclaimed":
      return reclaimed(state, event.slot, event.ranges);
    case "died":
      return died(state, event.slot, event.started);
    case "crashed":
      return crashed(state, event.slot, event.started);
    case "overdue":
      return overdue(state, event.slot, event.item);
    case "expired":
      return expired(state, event.slot, event.item);
    case "rested":
      if (state.resting.remove(event.item, event.item + 1) > 0) state.waiting.add(event.item, event.item + 1);
      return assign(state);
    case "taken":
      state.untaken -= event.items;
      state.bytesOut -= event.bytes;
      return [];
    case "freed":
      state.bytesIn -= event.bytes;
      return [];
    case "tuned":
      state.tasks = event.tasks;
      if (state.stopped) return [];
      return [...event.add.map((slot) => ({ kind: "start", slot }) as const), ...assign(state)];
    case "stopped":
      state.stopped = true;
      state.waiting.clear();
      state.suspects.clear();
      state.resting.clear();
      return [...state.slots].map(([slot, { held }]) => ({ kind: "reclaim", slot, ranges: [...held.ranges] }));
    default:
      return event satisfies never;
  }
}

function ended(state: State, id: SlotId, runs: readonly Run[], ms: number): Command[] {
  const slot = state.slots.get(id);
  if (slot === undefined) return []; // a late answer of a slot that was given up
  const commands: Command[] = [];
  let count = 0;
  for (const { first, end, ok, bytes } of runs) {
    const items = slot.held.remove(first, end);
    if (items === 0) continue;
    count += items;
    slot.fresh = false;
    if (ok) state.restarts = state.limits.restarts;
    if (!ok && mayRetry(state, first)) commands.push(retry(state, first));
    else {
      state.bytesOut += bytes;
      commands.push(...deliver(state, first, end));
    }
  }
  if (slot.held.size === 0) slot.alone = false;
  if (ms > 0 && count > 0) pace(state, count / ms);
  for (const item of slot.cancelled) if (!slot.held.has(item)) slot.cancelled.delete(item);
  return [...commands, ...assign(state)];
}

/** Moves the size of a batch towards `batchMs` of work: up by leaps, down by halves. */
function pace(state: State, itemsPerMs: number): void {
  const target = Math.min(largestBatch, state.limits.batchMs * itemsPerMs);
  state.batch = target > state.batch ? Math.min(target, state.batch * growth) : (state.batch + target) / 2;
  state.batch = Math.max(1, Math.round(state.batch));
}

/** Items have their final outcomes. */
function deliver(state: State, first: number, end: number): Command[] {
  for (let item = first; item < end && state.attempts.size + state.spoken.size > 0; item++) {
    state.attempts.delete(item);
    state.spoken.delete(item);
  }
  if (!state.limits.ordered) return [{ kind: "deliver", range: { first, end } }];
  state.ended.add(first, end);
  if (state.ended.lowest !== state.head) return [];
  const range = state.ended.takeLowest(Infinity);
  if (range === undefined) return [];
  state.head = range.end;
  return [{ kind: "deliver", range }];
}

function mayRetry(state: State, item: number): boolean {
  return !state.stopped && !state.spoken.has(item) && (state.attempts.get(item) ?? 1) <= state.limits.retries;
}

function retry(state: State, item: number): Command {
  const attempt = (state.attempts.get(item) ?? 1) + 1;
  state.attempts.set(item, attempt);
  state.resting.add(item, item + 1);
  return { kind: "rest", item, attempt };
}

function failOrRetry(state: State, slot: SlotId, item: number, why: "lost" | "timeout"): Command[] {
  if (mayRetry(state, item)) return [retry(state, item)];
  const attempts = state.attempts.get(item) ?? 1;
  return [{ kind: "fail", item, slot, why, attempts }, ...deliver(state, item, item + 1)];
}

function reclaimed(state: State, id: SlotId, ranges: readonly Range[]): Command[] {
  const slot = state.slots.get(id);
  if (slot === undefined) return []; // it died meanwhile, and all it held is elsewhere
  slot.asked = false;
  if (ranges.length > 0 && slot.unstarted === "lower") slot.unstarted = "any";
  for (const { first, end } of ranges) {
    if (slot.held.remove(first, end) > 0 && !state.stopped) state.waiting.add(first, end);
  }
  return assign(state);
}

function died(state: State, id: SlotId, started: readonly Range[]): Command[] {
  const commands: Command[] = [];
  const held = state.slots.get(id)?.held;
  state.slots.delete(id);
  if (held !== undefined) {
    for (const { first, end } of started) {
      for (let item = first; item < end; item++) {
        if (held.remove(item, item + 1) > 0) commands.push(...failOrRetry(state, id, item, "lost"));
      }
    }
    commands.push(...giveBack(state, id, held));
  }
  const again: Command = state.restarts-- > 0 ? { kind: "start", slot: id } : { kind: "giveUp" };
  return [...commands, ...(state.stopped ? [] : [again]), ...assign(state)];
}

function crashed(state: State, id: SlotId, started: readonly Range[] | undefined): Command[] {
  const slot = state.slots.get(id);
  if (slot === undefined) return died(state, id, []);
  const suspects = new RangeSet();
  for (const { first, end } of started ?? [...slot.held.ranges]) {
    for (let item = first; item < end; item++) if (slot.held.remove(item, item + 1) > 0) suspects.add(item, item + 1);
  }
  const commands: Command[] = [];
  // In a process that had run nothing else it can only have been that one.
  const isCulprit = suspects.size === 1 && slot.fresh;
  for (const { first, end } of state.stopped ? [] : suspects.ranges) {
    for (let item = first; item < end; item++) {
      if (isCulprit || state.spoken.has(item)) commands.push(...failOrRetry(state, id, item, "lost"));
      else state.suspects.add(item, item + 1);
    }
  }
  if (isCulprit) state.restarts = state.limits.restarts; // an item has its end: that is progress
  return [...commands, ...died(state, id, [])];
}

function overdue(state: State, id: SlotId, item: number): Command[] {
  const slot = state.slots.get(id);
  if (!slot?.held.has(item) || slot.cancelled.has(item)) return [];
  slot.cancelled.add(item);
  return [{ kind: "cancel", slot: id, item }];
}

/** The slot is given up, and so are all its items that are overdue: to run them once more would take as long again. */
function expired(state: State, id: SlotId, item: number): Command[] {
  const slot = state.slots.get(id);
  if (!slot?.cancelled.has(item)) return []; // it ended after all, or this slot is another one, also if it has the item
  const commands: Command[] = [];
  for (const late of slot.cancelled) {
    if (slot.held.remove(late, late + 1) > 0) commands.push(...failOrRetry(state, id, late, "timeout"));
  }
  commands.push(...giveBack(state, id, slot.held));
  state.slots.delete(id);
  const again: Command[] = state.stopped ? [] : [{ kind: "start", slot: id }];
  return [...commands, { kind: "kill", slot: id }, ...again, ...assign(state)];
}

/** The items of a slot that is gone run elsewhere, but for those whose values have left. */
function giveBack(state: State, id: SlotId, held: RangeSet): Command[] {
  const commands: Command[] = [];
  for (const item of state.spoken) {
    if (held.remove(item, item + 1) > 0) commands.push(...failOrRetry(state, id, item, "lost"));
  }
  for (const { first, end } of held.ranges) if (!state.stopped) state.waiting.add(first, end);
  return commands;
}

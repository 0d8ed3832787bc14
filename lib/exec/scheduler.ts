/** A slot's number, from 0. It outlives the thread in it: a dead one is replaced under the same number. */
export type SlotId = number;

/** What the world tells the scheduler. Items are known by their 0-based index, and arrive in order. */
export type Event =
  | { readonly kind: "input"; readonly index: number }
  | { readonly kind: "ready"; readonly slot: SlotId }
  | { readonly kind: "ended"; readonly slot: SlotId; readonly indices: readonly number[] }
  | { readonly kind: "died"; readonly slot: SlotId };

/** What the scheduler asks of the world. */
export type Command =
  | { readonly kind: "send"; readonly slot: SlotId; readonly indices: readonly number[] }
  /** These items were in a slot that died: each gets an error outcome. */
  | { readonly kind: "lost"; readonly indices: readonly number[] }
  | { readonly kind: "start"; readonly slot: SlotId }
  /** Slots died more often than the budget allows: the run cannot go on. */
  | { readonly kind: "giveUp" };

/** Everything the scheduler knows. Invariant: an item is in `waiting` or in one slot's `held`, never in both. */
export interface State {
  readonly waiting: number[];
  /** The items of each slot that is up; a slot that is being started is not in it. */
  readonly held: Map<SlotId, Set<number>>;
  /** Most items that a slot holds: as many as it runs at once, and as many again so that it never waits for us. */
  readonly credit: number;
  restarts: number;
}

/** A state before anything has happened; `restarts` dead slots may be replaced. */
export function initialState(tasks: number, restarts: number): State {
  return { waiting: [], held: new Map(), credit: 2 * tasks, restarts };
}

/** Takes one event into `state` and returns what to do now, in order. Pure but for `state`. */
export function step(state: State, event: Event): Command[] {
  switch (event.kind) {
    case "input":
      state.waiting.push(event.index);
      return assign(state);
    case "ready":
      state.held.set(event.slot, new Set());
      return assign(state);
    case "ended": {
      const held = state.held.get(event.slot);
      for (const index of event.indices) held?.delete(index);
      return assign(state);
    }
    case "died": {
      const lost = [...state.held.get(event.slot) ?? []];
      state.held.delete(event.slot);
      const after: Command = state.restarts-- > 0 ? { kind: "start", slot: event.slot } : { kind: "giveUp" };
      return [...(lost.length > 0 ? [{ kind: "lost", indices: lost } as const] : []), after];
    }
    default:
      return event satisfies never;
  }
}

/** Gives waiting items to the slots that hold least, one at a time, so that few items spread over all slots. */
function assign(state: State): Command[] {
  const given = new Map<SlotId, number[]>();
  let next = 0;
  for (; next < state.waiting.length; next++) {
    const slot = leastLoaded(state);
    if (slot === undefined) break;
    const index = state.waiting[next];
    state.held.get(slot)?.add(index);
    given.set(slot, [...given.get(slot) ?? [], index]);
  }
  state.waiting.splice(0, next);
  return [...given].map(([slot, indices]) => ({ kind: "send", slot, indices }));
}

function leastLoaded(state: State): SlotId | undefined {
  let found: SlotId | undefined;
  let least = state.credit;
  for (const [slot, { size }] of state.held) {
    if (size < least) [found, least] = [slot, size];
  }
  return found;
}

import { hasPlace } from "../../../../lib/exec/schedule/assign.ts";
import { type Range, RangeSet } from "../../../../lib/exec/schedule/range_set.ts";
import {
  type Command,
  type Event,
  initialState,
  type Scheduler,
  type State,
  step,
  wantsInput,
} from "../../../../lib/exec/schedule/scheduler.ts";
import type { SlotState } from "../../../../lib/exec/schedule/state.ts";

/** Schedulers with one bug each, by a description of the bug. The simulation must catch every one. */
export const mutants: Readonly<Record<string, Partial<Scheduler>>> = {
  "a wake-up is lost: an item whose retry is due is not assigned": asleepOn("retryDue"),
  "a wake-up is lost: a slot that comes up gets nothing": asleepOn("ready"),
  "a result is delivered twice": changedAnswer(twice("deliver")),
  "a result is lost": changedAnswer((commands) => commands.filter(({ kind }) => kind !== "deliver")),
  "an item is lost: with the slot that held it": changedEvent("died", (state, event) => {
    state.slots.get(event.slot)?.held.clear();
    return event;
  }),
  "an item is lost: on its way from one slot to another": changedEvent("reclaimed", (state, event) => {
    for (const { first, end } of event.ranges) state.slots.get(event.slot)?.held.remove(first, end);
    return { ...event, ranges: [] };
  }),
  "the window is off by one chunk": {
    step,
    wantsInput: (state) => wantsInput({ ...state, untaken: state.untaken - 6 }),
  },
  "the window is off by one item": {
    step,
    wantsInput: (state) => wantsInput({ ...state, untaken: state.untaken - 1 }),
  },
  "the window is ignored": { step, wantsInput: (state) => !state.inputEnded && !state.stopped },
  "the window of bytes does not open for a larger item": {
    step,
    wantsInput: (state) => wantsInput(state) && state.bytesIn < state.limits.windowBytes,
  },
  "the order is broken": changedAnswer((commands) => {
    const deliveries = commands.filter(({ kind }) => kind === "deliver");
    return commands.map((command) => command.kind === "deliver" ? deliveries.pop() ?? command : command);
  }),
  "an item is sent twice": changedAnswer(twice("send")),
  "an item is sent to two slots": changedAnswer((commands, { slots }) =>
    commands.flatMap((command) => {
      const [other] = [...slots.keys()].filter((id) => command.kind === "send" && id !== command.slot);
      return command.kind === "send" && other !== undefined ? [command, { ...command, slot: other }] : [command];
    })
  ),
  "an item is sent to another slot than recorded": changedAnswer((commands) =>
    commands.map((command) => command.kind === "send" ? { ...command, slot: command.slot + 1 } : command)
  ),
  "a retry does not back off": changedAnswer((commands, state) =>
    commands.flatMap((command) => {
      if (command.kind !== "backOff") return [command];
      return step(state, { kind: "retryDue", item: command.item });
    })
  ),
  "a retry is not counted": changedEvent("ended", (state, event) => {
    state.attempts.clear();
    return event;
  }),
  "a hint is ignored: a retry comes sooner than its error asks for": changedHints((ms) =>
    ms < Infinity ? undefined : ms
  ),
  "a hint is ignored: an item runs again that must not": changedHints((ms) => ms < Infinity ? ms : undefined),
  "a place is not kept": withRests((slot) => slot.resting.clear()),
  "a place is kept for ever": withRests(({ resting }, before) => {
    for (const { first, end } of before) resting.add(first, end);
  }),
  "an item fails for good that may run again": changedHints(() => Infinity),
  "a lost item runs again though its error is not retried": {
    wantsInput,
    step: (state, event) => step(state, "final" in event ? { ...event, final: false } : event),
  },
  "a lost item fails for good though its error is retried": {
    wantsInput,
    step: (state, event) => step(state, "final" in event ? { ...event, final: true } : event),
  },
  "the retry budget is ignored": {
    wantsInput,
    step: (state, event) => {
      state.retryCredit = 1_000;
      return step(state, event);
    },
  },
  "the retry budget is saved up without limit": {
    wantsInput,
    step,
    initialState: (limits, batch) =>
      initialState({ ...limits, retryBudget: { ...limits.retryBudget, most: Infinity } }, batch),
  },
  "the item that all output waits for waits for the retry budget": {
    wantsInput,
    step: (state, event) =>
      event.kind === "paused" ? [] : step(state, event.kind === "taken" ? { ...event, paused: false } : event),
  },
  "an item over the retry budget is lost": changedCommands("retryDue", (commands, state) => {
    state.due.clear();
    return commands;
  }),
  "items over the retry budget wait for items that do not come": {
    wantsInput,
    step,
    initialState: (limits, batch) => {
      const state = initialState(limits, batch);
      const take = state.due.takeLowest.bind(state.due);
      state.due.takeLowest = (max) => state.retryCredit >= 1 ? take(max) : undefined;
      return state;
    },
  },
  "a retry does not wait for the pace of the run": changedCommands("retryDue", (commands, state) => {
    for (const { range: { first, end } } of commands.filter((command) => command.kind === "hold")) {
      state.heldBack.remove(first, end);
      state.waiting.add(first, end);
    }
    return commands.filter(({ kind }) => kind !== "hold");
  }),
  "items of a key wait for a retry that keeps their place, and it waits for the retry budget": {
    wantsInput,
    step,
    initialState: (limits, batch) => {
      const state = initialState(limits, batch);
      const take = state.due.takeLowest.bind(state.due);
      const mayTake = () => state.retryCredit >= 1 || state.heldBack.size === 0;
      state.due.takeLowest = (max) => limits.heldBackBy !== "key" || mayTake() ? take(max) : undefined;
      return state;
    },
  },
  "an item that yielded runs again": {
    wantsInput,
    step: (state, event) => event.kind === "yielded" ? [] : step(state, event),
  },
  "a stolen item stays with its slot too": changedCommands("reclaimed", (commands, { slots }, { slot, ranges }) => {
    for (const { first, end } of ranges) slots.get(slot)?.held.add(first, end);
    return commands;
  }),
  "a slot beyond the width gets items": changedEvent("tuned", (_, event) => ({ ...event, threads: Infinity })),
  "nothing is stolen": changedAnswer((commands) => commands.filter(({ kind }) => kind !== "reclaim")),
  "the higher half has started, so nothing is stolen": changedCommands(
    "reclaimed",
    (commands, { slots }, { slot, ranges }) => {
      const state = slots.get(slot);
      if (state !== undefined && ranges.length === 0) state.unstarted = "none";
      return commands.filter(({ kind }) => kind !== "reclaim");
    },
  ),
  "the next item to be delivered is not sent to a full slot": {
    wantsInput,
    step: (state, event) => {
      const blind = event.kind === "retryDue" || event.kind === "ready";
      return step(blind ? { ...state, limits: { ...state.limits, ordered: false } } : state, event);
    },
  },
  "slots may die without limit": changedEvent("died", (state, event) => {
    state.restarts = state.limits.restarts + 1;
    return event;
  }),
  "the run gives up too early": changedEvent("died", (state, event) => {
    state.restarts--;
    return event;
  }),
  "a hung slot lives on": { wantsInput, step: (state, event) => event.kind === "expired" ? [] : step(state, event) },
  "a slot is killed for an item that was overdue in another slot": changedEvent("expired", (state, event) => {
    const slot = state.slots.get(event.slot);
    if (slot?.held.has(event.item)) slot.cancelled.add(event.item);
    return event;
  }),
  "an innocent is blamed for a thread that is stuck": changedEvent(
    "expired",
    (_, event) => ({ ...event, holders: [event.item] }),
  ),
  "items that only waited in a stuck thread fail with it": changedCommands(
    "expired",
    (commands, { waiting }, event) => {
      const item = waiting.lowest;
      if (item === undefined || commands.length === 0) return commands;
      return [{ kind: "fail", item, slot: event.slot, why: "timeout", attempts: 1 }, ...commands];
    },
  ),
  "who holds a thread is never found": changedEvent("expired", (state, event) => {
    const holders = [...state.slots.get(event.slot)?.held.ranges ?? []].flatMap(({ first, end }) => [first, end - 1]);
    return { ...event, holders };
  }),
  "a suspect is not alone": changedAnswer((commands, { slots }) => {
    for (const slot of slots.values()) slot.alone = false;
    return commands;
  }),
  "an innocent is blamed": changedEvent("crashed", (state, event) => {
    Object.assign(state.slots.get(event.slot) ?? {}, { fresh: true });
    return event;
  }),
  "a culprit is never found": changedEvent("crashed", (state, event) => {
    Object.assign(state.slots.get(event.slot) ?? {}, { fresh: false });
    return event;
  }),
  "suspects are forgotten": changedCommands("crashed", (commands, state) => {
    state.suspects.clear();
    return commands;
  }),
  "items that had not started are suspects too": changedEvent(
    "crashed",
    (_, { kind, slot }) => ({ kind, slot, started: undefined }),
  ),
  "after a stop, queued items still run": {
    wantsInput,
    step: (state, event) => event.kind === "stopped" ? step(state, event) && [] : step(state, event),
  },
};

/** Schedulers that forget, or mistake, what is held back. */
export const paceMutants: Readonly<Record<string, Partial<Scheduler>>> = {
  "an item starts before it is released": unheldOn("input"),
  "a retry is not held back": unheldOn("retryDue"),
  "what a lost slot had started is not held back again": unheldOn("died", "crashed", "expired"),
  "an item is held back, and nobody is told": changedAnswer((commands) =>
    commands.filter(({ kind }) => kind !== "hold")
  ),
  "a release is forgotten": { wantsInput, step: (state, event) => event.kind === "release" ? [] : step(state, event) },
  "items are released before they have a place": { hasPlace: ({ stopped }) => !stopped },
  "items are released while nothing may start": { hasPlace: (state) => hasPlace(state, Infinity) },
  "items are released to places that are kept": {
    hasPlace: (state, most) => {
      const slots = [...state.slots].map(([id, slot]) => [id, { ...slot, resting: new RangeSet() }] as const);
      return hasPlace({ ...state, slots: new Map(slots) }, most);
    },
  },
  "items with a place are not released": { hasPlace: (state, most) => hasPlace(state, most) && state.slots.size > 1 },
};

type HostMessage<K extends Event["kind"]> = Event & { readonly kind: K };

/** A scheduler that gets a changed event. */
function changedEvent<K extends Event["kind"]>(
  kind: K,
  change: (state: State, event: HostMessage<K>) => Event,
): Partial<Scheduler> {
  const isOurs = (event: Event): event is HostMessage<K> => event.kind === kind;
  return { wantsInput, step: (state, event) => step(state, isOurs(event) ? change(state, event) : event) };
}

/** A scheduler that changes which places are kept. */
function withRests(change: (slot: SlotState, before: readonly Range[]) => void): Partial<Scheduler> {
  return {
    wantsInput,
    step: (state, event) => {
      const before = [...state.slots.values()].map((slot) => ({ slot, resting: [...slot.resting.ranges] }));
      const commands = step(state, event);
      for (const { slot, resting } of before) change(slot, resting);
      return commands;
    },
  };
}

/** A scheduler that takes another time from the hints of errors. */
function changedHints(change: (ms: number) => number | undefined): Partial<Scheduler> {
  return changedEvent("ended", (_, event) => {
    const stretches = event.stretches.map((stretch) =>
      stretch.ok ? stretch : { ...stretch, retryAfterMs: change(stretch.retryAfterMs ?? 0) }
    );
    return { ...event, stretches };
  });
}

/** A scheduler with changed commands. */
function changedAnswer(change: (commands: Command[], state: State) => Command[]): Partial<Scheduler> {
  return { wantsInput, step: (state, event) => change(step(state, event), state) };
}

/** A scheduler with changed commands after one kind of event. */
function changedCommands<K extends Event["kind"]>(
  kind: K,
  change: (commands: Command[], state: State, event: HostMessage<K>) => Command[],
): Partial<Scheduler> {
  const isOurs = (event: Event): event is HostMessage<K> => event.kind === kind;
  return {
    wantsInput,
    step: (state, event) => isOurs(event) ? change(step(state, event), state, event) : step(state, event),
  };
}

/** A scheduler that holds nothing back at these events. */
function unheldOn(...kinds: readonly Event["kind"][]): Partial<Scheduler> {
  return {
    wantsInput,
    step: (state, event) => {
      const { limits } = state;
      if (kinds.includes(event.kind)) Object.assign(state, { limits: { ...limits, heldBackBy: undefined } });
      const commands = step(state, event);
      Object.assign(state, { limits });
      return commands;
    },
  };
}

/** A scheduler that assigns nothing after this kind of event. */
function asleepOn(kind: "retryDue" | "ready"): Partial<Scheduler> {
  return {
    wantsInput,
    step: (state, event) => {
      const { stopped } = state;
      state.stopped ||= event.kind === kind;
      const commands = step(state, event);
      if (event.kind === kind) state.stopped = stopped;
      return commands;
    },
  };
}

function twice(kind: Command["kind"]): (commands: Command[]) => Command[] {
  return (commands) => commands.flatMap((command) => command.kind === kind ? [command, command] : [command]);
}

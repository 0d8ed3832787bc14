import {
  type Command,
  type Event,
  initialState,
  type Limits,
  type State,
  step,
} from "../../../lib/exec/schedule/scheduler.ts";

/** A state after some events, and what the last one led to. */
export function after(limits: Partial<Limits>, ...events: readonly Event[]): { state: State; commands: Command[] } {
  const state = initialState({
    ordered: false,
    tasks: 1,
    batchMs: 5,
    windowItems: 1_000,
    windowBytes: 1_000,
    retries: 0,
    retryBudget: { first: 10, share: 0.2, most: 100 },
    restarts: 2,
    keepsPlaces: true,
    steal: false,
    ...limits,
  });
  let commands: Command[] = [];
  for (const event of events) commands = step(state, event);
  return { state, commands };
}

export const range = (first: number, end: number) => ({ first, end });
const single = (item: number) => range(item, item + 1);

export const ready = (slot: number) => ({ kind: "ready", slot }) as const;
export const input = (count: number, bytes = 0) => ({ kind: "input", count, bytes, last: false }) as const;
export const ended = (slot: number, first: number, end: number, ms = 1, ok = true) =>
  ({ kind: "ended", slot, stretches: [{ first, end, ok, bytes: 0 }], ms }) as const;
export const failed = (slot: number, item: number, retryAfterMs?: number): Event => ({
  kind: "ended",
  slot,
  stretches: [{ first: item, end: item + 1, ok: false, bytes: 0, retryAfterMs }],
  ms: 0,
});
export const yielded = (item: number) => ({ kind: "yielded", item }) as const;
export const retryDue = (item: number) => ({ kind: "retryDue", item }) as const;
export const died = (slot: number, ...started: number[]) =>
  ({ kind: "died", slot, started: started.map(single) }) as const;
/** Without `started` it is unknown which items had started. */
export const crashed = (slot: number, ...started: number[]) =>
  ({ kind: "crashed", slot, started: started.length === 0 ? undefined : started.map(single) }) as const;
export const overdue = (slot: number, item: number) => ({ kind: "overdue", slot, item }) as const;
export const expired = (slot: number, item: number, ...holders: number[]) =>
  ({ kind: "expired", slot, item, holders }) as const;
export const reclaimed = (slot: number, ...items: number[]) =>
  ({ kind: "reclaimed", slot, ranges: items.map(single) }) as const;
export const stopped = { kind: "stopped" } as const;

export const send = (slot: number, first: number, end = first + 1): Command => ({
  kind: "send",
  slot,
  range: range(first, end),
});
export const start = (slot: number): Command => ({ kind: "start", slot });
export const deliver = (first: number, end = first + 1): Command => ({ kind: "deliver", range: range(first, end) });
export const backOff = (item: number, attempt: number, afterMs = 0): Command => ({
  kind: "backOff",
  item,
  attempt,
  afterMs,
});
export const reclaim = (slot: number, first: number, end: number): Command => ({
  kind: "reclaim",
  slot,
  ranges: [range(first, end)],
});
export const fail = (slot: number, item: number, why: "lost" | "timeout", attempts = 1): Command => ({
  kind: "fail",
  item,
  slot,
  why,
  attempts,
});

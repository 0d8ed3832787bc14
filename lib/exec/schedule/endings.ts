import type { Command, SlotId, State } from "./state.ts";

/** Takes into account that items have their final outcomes. */
export function deliver(state: State, first: number, end: number): Command[] {
  for (let item = first; item < end && state.attempts.size + state.yielded.size > 0; item++) {
    state.attempts.delete(item);
    state.yielded.delete(item);
  }
  if (!state.limits.ordered) return [{ kind: "deliver", range: { first, end } }];
  state.ended.add(first, end);
  const range = state.ended.lowest === state.nextOut ? state.ended.takeLowest(Infinity) : undefined;
  if (range === undefined) return [];
  state.nextOut = range.end;
  return [{ kind: "deliver", range }];
}

/** Whether a failed item runs again. `afterMs`: what its error says of that, see `Stretch`. */
export function mayRetry(state: State, item: number, afterMs = 0): boolean {
  return afterMs < Infinity && !state.stopped && !state.yielded.has(item) &&
    (state.attempts.get(item) ?? 1) <= state.limits.retries;
}

export function retry(state: State, item: number, afterMs = 0): Command {
  const attempt = (state.attempts.get(item) ?? 1) + 1;
  state.attempts.set(item, attempt);
  state.backingOff.add(item, item + 1);
  return { kind: "backOff", item, attempt, afterMs };
}

/** An item is lost or takes too long, and no slot reports it. `final`: it does not run again, by the kind of its error. */
export function failOrRetry(
  state: State,
  slot: SlotId,
  item: number,
  why: "lost" | "timeout",
  final = false,
): Command[] {
  if (!final && mayRetry(state, item)) return [retry(state, item)];
  const attempts = state.attempts.get(item) ?? 1;
  return [{ kind: "fail", item, slot, why, attempts }, ...deliver(state, item, item + 1)];
}

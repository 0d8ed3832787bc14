import { type Command, type SlotId, type State, wantsInput } from "./state.ts";

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

/**
 * Lets items run again whose back-off is over, lowest first, as far as the retry budget allows. While what the items call is down,
 * five retries would call it six times as often; with a budget of a fifth of all attempts it is 1.25 times. That share, and some
 * retries at the start, are the rule of Finagle's RetryBudget; the SRE book ("Handling Overload") and gRPC's retryThrottling have
 * others to the same end. All of them fail what is over the budget. Here nobody waits for one item alone, so it waits until others
 * have ended, and is not lost. What is saved up is bounded, as in gRPC's bucket of tokens: a long good time does not pay for a
 * storm of retries.
 *
 * The next item to be delivered does not wait where a slot is paused: no other item might end before it is delivered.
 */
export function releaseRetries(state: State): void {
  const { due, limits, paused, nextOut } = state;
  for (; due.size > 0 && state.retryCredit >= 1; state.retryCredit--) release(state, 1);
  if (limits.ordered && paused && due.lowest === nextOut) release(state, 1);
  state.retryCredit = Math.min(state.retryCredit, limits.retryBudget.most);
}

/**
 * Lets items run again beyond the budget, which they take nothing from, if nothing else is left to start: they would wait for
 * nothing. Without more input, or with a window that is full of such items, that is all of them. While more input may come, it is
 * one item, and only where every slot is idle: so an input that trickles holds none up for ever. Returns whether there are any.
 */
export function releaseBeyondBudget(state: State): boolean {
  const { due, waiting, slots } = state;
  if (due.size === 0 || waiting.size > 0) return false;
  if (!wantsInput(state)) release(state, Infinity);
  else if ([...slots.values()].every(({ held }) => held.size === 0)) release(state, 1);
  return waiting.size > 0;
}

function release({ due, waiting }: State, count: number): void {
  for (let left = count; left > 0;) {
    const range = due.takeLowest(left);
    if (range === undefined) return;
    waiting.add(range.first, range.end);
    left -= range.end - range.first;
  }
}

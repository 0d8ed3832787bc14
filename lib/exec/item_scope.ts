import type { StartedItem } from "./started_item.ts";

/**
 * Which item code belongs to, also after it has waited: promises, timers and events carry it along. It is what
 * AsyncLocalStorage is made of in Deno (core's `getAsyncContext` and `setAsyncContext`, 2.6.10 and 2.9.6), used directly
 * because `AsyncLocalStorage.run` costs 200 to 300 ns for an item where this costs about 20, and node:async_hooks takes 5
 * to 40 ms to load. A Deno that has it no longer loses the attribution, and nothing else.
 */
interface ContextDoor {
  getAsyncContext(): { readonly tandemItem?: StartedItem } | undefined;
  setAsyncContext(context: unknown): void;
}

/** A storage of the job's own copies the properties of what it finds, and so keeps ours. */
class ItemScope {
  readonly tandemItem: StartedItem;

  constructor(item: StartedItem) {
    this.tandemItem = item;
  }
}

const { getAsyncContext, setAsyncContext } = findDoor();

let starting: StartedItem | undefined;

/** Code from here on belongs to that item, until `leaveScope`. */
export function enterScope(item: StartedItem): void {
  setAsyncContext(new ItemScope(item));
}

/**
 * The same for code that leaves nothing behind but timers: free, where the other costs a job that does nothing 5 % of its
 * time (measured: 1 M items, processor time).
 */
export function enterPlainScope(item: StartedItem): void {
  starting = item;
}

/** What the slot itself does belongs to no item. */
export function leaveScope(): void {
  setAsyncContext(undefined);
}

export function leavePlainScope(): void {
  starting = undefined;
}

/** Calls within an item's scope, from wherever. */
export function withinScope(item: StartedItem, act: () => void): void {
  const before = getAsyncContext();
  enterScope(item);
  try {
    act();
  } finally {
    setAsyncContext(before);
  }
}

/** The item that the running code belongs to; undefined if it is nobody's, or cannot be known. */
export function itemInScope(): StartedItem | undefined {
  return starting ?? getAsyncContext()?.tandemItem;
}

function findDoor(): ContextDoor {
  const { internal } = Deno as unknown as { internal: symbol };
  const core = (Deno as unknown as Record<symbol, { core?: Partial<ContextDoor> } | undefined>)[internal]?.core;
  const { getAsyncContext, setAsyncContext } = core ?? {};
  return typeof getAsyncContext === "function" && typeof setAsyncContext === "function"
    ? { getAsyncContext, setAsyncContext }
    : { getAsyncContext: () => undefined, setAsyncContext: () => {} };
}

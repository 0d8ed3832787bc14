import type { StartedItem } from "./started_item.ts";

/**
 * Which item code belongs to, also after it has waited: promises, timers and events carry it along. Each runtime has its own
 * way to that, see `SlotRuntime`.
 */
export interface ContextDoor {
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

let getAsyncContext: ContextDoor["getAsyncContext"] = () => undefined;
let setAsyncContext: ContextDoor["setAsyncContext"] = () => {};

/** Uses that runtime's way. Without it, no code belongs to an item but what runs while it starts. */
export function openScope(door: ContextDoor): void {
  getAsyncContext = door.getAsyncContext;
  setAsyncContext = door.setAsyncContext;
}

let starting: StartedItem | undefined; // of a job that needs no scope which is carried along

/** Code from here on belongs to that item, until `leaveScope`. */
function enterScope(item: StartedItem): void {
  setAsyncContext(new ItemScope(item));
}

/** What the slot itself does belongs to no item. */
export function leaveScope(): void {
  setAsyncContext(undefined);
}

/** A job that has returned this many results in a row without a promise leaves nothing behind but timers. */
const plainEnough = 1_000;

/**
 * The scope in which a slot starts its items: one that is carried along, until the job has shown that it needs none. Then
 * it costs nothing; the other takes 5 % of the time of a job that does nothing.
 */
export class StartScope {
  #plainResults = 0; // in a row that were no promises

  enter(item: StartedItem): void {
    if (this.#plainResults >= plainEnough) starting = item;
    else enterScope(item);
  }

  gave(promise: boolean): void {
    if (promise) this.#plainResults = 0;
    else this.#plainResults++;
  }

  /** Also in a plain scope the job may have entered one of its own (`AsyncLocalStorage.enterWith`), which ends with the item. */
  leave(): void {
    starting = undefined;
    if (getAsyncContext() !== undefined) leaveScope();
  }
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

/** The item that the running code belongs to; undefined if it belongs to none, or that cannot be known. */
export function itemInScope(): StartedItem | undefined {
  return starting ?? getAsyncContext()?.tandemItem;
}

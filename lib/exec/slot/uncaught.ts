import { itemInScope } from "./item_scope.ts";
import { attributeTimers, type OnUncaught } from "./job_timers.ts";

// The job may replace globals: what we use we keep.
const { apply } = Reflect;
const { preventDefault, stopImmediatePropagation } = Event.prototype;
const errorOf = getter(ErrorEvent.prototype, "error");
const messageOf = getter(ErrorEvent.prototype, "message");
const reasonOf = getter(PromiseRejectionEvent.prototype, "reason");
const Failure = Error;

/**
 * Hears all that a job throws, or rejects with, where nobody catches it. A job's own listeners for it hear nothing: one
 * that throws would end the thread. On Deno 2.6.10 nobody knows whose rejection it is.
 */
export function catchUncaught(onUncaught: OnUncaught): void {
  attributeTimers(onUncaught);
  self.addEventListener("error", (event) => onUncaught(take(event, thrownOf), itemInScope()));
  self.addEventListener("unhandledrejection", (event) => onUncaught(take(event, rejectedOf), itemInScope()));
}

function take<E extends Event>(event: E, read: (event: E) => unknown): unknown {
  apply(preventDefault, event, []);
  apply(stopImmediatePropagation, event, []);
  try {
    return read(event);
  } catch {
    return new Failure("an error event without an error"); // the job made it
  }
}

function thrownOf(event: ErrorEvent): unknown {
  const error = apply(errorOf, event, []);
  return error === null || error === undefined ? new Failure(apply(messageOf, event, []) as string) : error;
}

function rejectedOf(event: PromiseRejectionEvent): unknown {
  return apply(reasonOf, event, []);
}

function getter(prototype: object, name: string): () => unknown {
  return Object.getOwnPropertyDescriptor(prototype, name)?.get as () => unknown;
}

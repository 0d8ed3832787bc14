import { itemInScope } from "./item_scope.ts";
import { attributeTimers, type OnUncaught } from "./job_timers.ts";
import {
  addEventListener,
  Error,
  errorOfEvent,
  messageOfEvent,
  preventDefault,
  reasonOfEvent,
  stopImmediatePropagation,
} from "../../natives.ts";

/**
 * Catches all that a job throws, or rejects with, and does not catch itself. Its own listeners for that are not called: one
 * that throws would end the thread. On Deno 2.6.10 nobody knows whose rejection it is.
 */
export function catchUncaught(onUncaught: OnUncaught): void {
  attributeTimers(onUncaught);
  addEventListener("error", (event) => onUncaught(take(event, thrownOf), itemInScope()));
  addEventListener("unhandledrejection", (event) => onUncaught(take(event, reasonOfEvent), itemInScope()));
}

function take<E extends Event>(event: E, read: (event: E) => unknown): unknown {
  preventDefault(event);
  stopImmediatePropagation(event);
  try {
    return read(event);
  } catch {
    return new Error("an error event without an error"); // the job made it
  }
}

function thrownOf(event: ErrorEvent): unknown {
  const error: unknown = errorOfEvent(event);
  return error === null || error === undefined ? new Error(messageOfEvent(event)) : error;
}

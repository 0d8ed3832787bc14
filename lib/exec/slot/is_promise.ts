import { getPrototypeOf, promisePrototype } from "../../natives.ts";

/**
 * Whether a job's value is to be waited for. A promise of this thread is known by its kind, as `await` knows it: the job may have
 * taken `then` away. Looks at the `then` of other objects once; what that throws is the item's error.
 */
export function isPromise(value: unknown): value is PromiseLike<unknown> {
  if (typeof value !== "object" || value === null) return false;
  return getPrototypeOf(value) === promisePrototype || typeof (value as { then?: unknown }).then === "function";
}

/** Whether a job's result is to be waited for. Looks at its `then` once; what that throws is the item's error. */
export function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof value === "object" && value !== null && typeof (value as { then?: unknown }).then === "function";
}

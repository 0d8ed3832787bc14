/**
 * Calls back after `ms` unless cancelled before. Meant for limits that are hardly ever reached. Unlike `setTimeout`, the
 * platform's `AbortSignal.timeout` does not need any of Node, which takes 4 ms to load. A cancelled limit does not keep the
 * process alive.
 *
 * @returns a function that cancels the limit
 */
export function limit(ms: number, callback: () => void): () => void {
  const signal = AbortSignal.timeout(ms);
  signal.addEventListener("abort", callback, { once: true });
  return () => signal.removeEventListener("abort", callback);
}

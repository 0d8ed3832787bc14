/**
 * Calls back in `ms` unless it is cancelled before: a limit that is hardly ever reached. Unlike `setTimeout`, the platform's
 * `AbortSignal.timeout` needs nothing of Node, which takes 4 ms to load. The process does not wait for a cancelled one.
 *
 * @returns cancels it
 */
export function limit(ms: number, callback: () => void): () => void {
  const signal = AbortSignal.timeout(ms);
  signal.addEventListener("abort", callback, { once: true });
  return () => signal.removeEventListener("abort", callback);
}

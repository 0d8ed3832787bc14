import type { Subject } from "./subject.ts";

/** Called by a `finally` block when it runs. */
export type Cleanup = () => void;

/** A task that waits until the signal aborts: it then throws the signal's reason, through its `finally` block. */
export async function waitingTask(signal: AbortSignal, cleanup: Cleanup): Promise<void> {
  const { promise, reject } = Promise.withResolvers<void>();
  signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  try {
    await promise;
  } finally {
    cleanup();
  }
}

/** A task that reads an endless source until the signal aborts: it then leaves its loop by `break`. */
export async function readingTask(
  signal: AbortSignal,
  cleanup: Cleanup,
  source: (cleanup: Cleanup) => AsyncIterable<number> = numbers,
): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  signal.addEventListener("abort", () => resolve(), { once: true });
  for await (const number of source(cleanup)) {
    if (number < 2) continue;
    await promise;
    break;
  }
}

/** An endless source with a `finally` block. */
async function* numbers(cleanup: Cleanup): AsyncGenerator<number> {
  try {
    for (let i = 0;; i++) yield i;
  } finally {
    cleanup();
  }
}

/** What the thread of `cleanups` gets: so many tasks of each kind, and the word that counts its `finally` blocks. */
export interface CleanupsInput {
  readonly each: number;
  readonly cleaned: Int32Array;
}

/** Runs both kinds of tasks; none of them is ever told to stop. It says how many have started. */
export const cleanups: Subject = (input, port) => {
  const { each, cleaned } = input as CleanupsInput;
  const { signal } = new AbortController();
  const cleanup = () => void Atomics.add(cleaned, 0, 1);
  for (let i = 0; i < each; i++) {
    void waitingTask(signal, cleanup);
    void readingTask(signal, cleanup);
  }
  port.onmessage = () => port.postMessage(2 * each);
};

import type { BlockingClock } from "../clock.ts";
import { type FromThread, gate, type Start } from "./wire.ts";

/** Whether the thread sleeps before each value (Listing 17-41) or after it (Listing 17-42). */
export type Sleep = "before" | "after";

/**
 * All that a producing thread does: it posts `ready`, waits for the gate, and sends 1, 2, 3, ... with a blocking sleep before
 * or after each value, until `count` values are sent or it finds the channel closed. Runs in the thread and blocks it.
 */
export function produceBlocking(
  start: Start,
  sleep: Sleep,
  clock: BlockingClock,
  post: (message: FromThread) => void,
): void {
  const words = start.gate;
  post({ kind: "ready" });
  while (Atomics.load(words, 0) === gate.waiting) clock.block(Infinity, words, gate.waiting);
  for (let value = 1; value <= start.count; value++) {
    if (sleep === "before") clock.block(start.everyMs, words, gate.open);
    if (Atomics.load(words, 0) === gate.closed) {
      post({ kind: "unsent", value });
      break;
    }
    Atomics.add(words, 1, 1);
    post({ kind: "value", value });
    if (sleep === "after") clock.block(start.everyMs, words, gate.open);
  }
  post({ kind: "ended" });
}

import type { BlockingClock } from "../clock.ts";
import { type FromThread, gate, type Start } from "./wire.ts";

/** Whether the thread sleeps before each value (Listing 17-41) or after it (Listing 17-42). */
export type Sleep = "before" | "after";

/**
 * A producing thread's whole life: ready, wait for the gate, send 1, 2, 3, ... with a blocking sleep before or after
 * each, until `count` are sent or the channel is found closed. Runs in the thread and holds it.
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

import { nextTurn, systemClock } from "../../clock.ts";
import type { Subject } from "./subject.ts";

/** A computation beside a timer. */
export interface BesideComputation {
  /** When it ends, after its start, and how long it computes at a stretch; in milliseconds. */
  readonly computingMs: number;
  readonly chunkMs: number;
  /**
   * What it does between two chunks: it goes back to the event loop, it awaits a promise that has settled, or it does
   * nothing.
   */
  readonly between: "yields" | "awaits" | "goes on";
}

const { now, wait } = systemClock;

/** How long the timer beside the computation waits, in milliseconds. */
const timerMs = 1;

/** Computes for each message, and answers how late the timer was each time, in milliseconds. */
export const besideComputation: Subject = (_input, port) => {
  port.onmessage = async ({ data }) => port.postMessage(await lagsBeside(data as BesideComputation));
};

async function lagsBeside({ computingMs, chunkMs, between }: BesideComputation): Promise<number[]> {
  const lags: number[] = [];
  let over = false;
  const ticking = (async () => {
    do {
      const due = now() + timerMs;
      await wait(timerMs).done;
      lags.push(now() - due);
    } while (!over);
  })();
  for (const end = now() + computingMs; now() < end;) {
    compute(chunkMs);
    if (between === "yields") await nextTurn();
    else if (between === "awaits") await Promise.resolve();
  }
  over = true;
  await ticking;
  return lags;
}

/** Holds the thread for `ms`. */
function compute(ms: number): void {
  const end = now() + ms;
  while (now() < end);
}

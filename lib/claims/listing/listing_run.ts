import type { Clock } from "../../clock.ts";
import { type Shown, startListing, taskIntervals, threadIntervals } from "../../streams/listing_17_41.ts";
import type { Producer } from "../../streams/producer.ts";
import type { Printed, Side } from "./found.ts";

/** How the producer of each side is started. A thread has the system's clock alone. */
export type Producers = Readonly<Record<Side, (clock: Clock) => Producer<number> | Promise<Producer<number>>>>;

/** Those of the listings: they tick every millisecond. */
export const listedProducers: Producers = {
  task: (clock) => taskIntervals(1, clock),
  thread: () => threadIntervals(1),
};

const listing = { timeoutMs: 200, throttleMs: 500, take: 20 };

/** Runs the listing; once `signal` aborts, it ends with what it has. */
export async function runListing(intervals: Producer<number>, clock: Clock, signal?: AbortSignal): Promise<Printed> {
  const running = startListing(listing, intervals, clock);
  const close = () => void running.close();
  signal?.addEventListener("abort", close);
  if (signal?.aborted) close();
  const items: Shown[] = [];
  let backlog = 0;
  try {
    for await (const item of running.items) {
      items.push(item);
      backlog = running.backlog();
    }
  } finally {
    signal?.removeEventListener("abort", close);
  }
  const { unsent = null } = await running.close();
  return { items, backlog, unsent };
}

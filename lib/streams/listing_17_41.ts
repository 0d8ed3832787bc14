import { entryPoint } from "../entry_points.ts";
import type { Clock } from "../clock.ts";
import { map } from "./map.ts";
import { merge } from "./merge.ts";
import type { Ending, Producer } from "./producer.ts";
import { take } from "./take.ts";
import { type Step, taskProducer } from "./task_producer.ts";
import { throttle } from "./throttle.ts";
import { threadProducer } from "./thread_producer.ts";
import { type Timed, timeout } from "./timeout.ts";

/** One of the items that the program prints. */
export interface Shown {
  readonly kind: "message" | "interval" | "timeout";
  readonly text: string;
}

/** The listing's timeout and throttle, and how many items are taken. */
export interface Listing {
  readonly timeoutMs: number;
  readonly throttleMs: number;
  readonly take: number;
}

/** A running program. */
export interface Running {
  readonly items: AsyncIterableIterator<Shown>;
  /** How many intervals have been sent and not received. */
  backlog(): number;
  /** Closes everything; resolves to how the interval producer ended, when no timer and no thread is left. */
  close(): Promise<Ending>;
}

/** The book's "no useful timeout" of the intervals, in milliseconds. */
const intervalTimeoutMs = 10_000;

const letters = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"];

/** Listing 17-41's `get_messages`: a task sends a .. j, after 100 ms at even places and 300 ms at odd ones. */
export function messages(clock: Clock): Producer<string> {
  const steps = letters.map((value, place) => ({ afterMs: place % 2 === 0 ? 100 : 300, value }));
  return taskProducer(steps, clock);
}

/** Listing 17-40's `get_intervals`: a task counts, sleeping before each number. */
export function taskIntervals(everyMs: number, clock: Clock): Producer<number> {
  return taskProducer(count(everyMs), clock);
}

/** Listing 17-41's `get_intervals`: a thread counts, blocking before each number. */
export function threadIntervals(everyMs: number): Promise<Producer<number>> {
  return threadProducer({ module: entryPoint("intervals"), everyMs, count: Infinity });
}

function* count(afterMs: number): Generator<Step<number>> {
  for (let value = 1;; value++) yield { afterMs, value };
}

/** Listing 17-41's `main`: messages under a timeout, merged with throttled intervals; the first items are taken. */
export function startListing(listing: Listing, intervals: Producer<number>, clock: Clock): Running {
  const letters = messages(clock);
  let received = 0;
  const numbered = map(intervals.items, (value) => (received++, `Interval #${value}`));
  const merged = merge(
    show("message", timeout(map(letters.items, (letter) => `Message: '${letter}'`), listing.timeoutMs, clock)),
    show("interval", timeout(throttle(numbered, listing.throttleMs, clock), intervalTimeoutMs, clock)),
  );
  const items = take(merged, listing.take);
  letters.start();
  intervals.start();
  return {
    items,
    backlog: () => intervals.sent() - received,
    async close() {
      await items.return?.();
      const [ending] = await Promise.all([intervals.ended, letters.ended]);
      return ending;
    },
  };
}

function show(kind: "message" | "interval", source: AsyncIterable<Timed<string>>): AsyncIterableIterator<Shown> {
  return map(
    source,
    (timed) => timed.kind === "item" ? { kind, text: timed.value } : { kind: "timeout", text: "Problem: Elapsed(())" },
  );
}

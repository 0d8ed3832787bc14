import { max, min, Promise } from "../../natives.ts";

/** A generator whose values are being taken, and how far ahead of its reader it may be. */
export interface Draining {
  /** Resolves at the generator's end; rejects with what it, or `emit`, throws. */
  readonly done: Promise<void>;
  /** So many bytes of its values have left for main. */
  left(bytes: number): void;
  /** Main has taken so many of them. */
  taken(bytes: number): void;
  /** No more values are wanted: the generator is asked to return, also if its reader is behind. */
  stop(): void;
}

/** What becomes of the values. */
export interface DrainOptions {
  readonly emit: (value: unknown) => void;
  /** Hears for how many milliseconds a value was waited for; not how long its reader was. */
  readonly waited: (ms: number) => void;
  readonly now: () => number;
  /** The item's share of the slot's credit, in bytes: so far may its values be ahead of whoever reads them. */
  readonly credit: number;
}

/** Bounds of an item's credit: many tasks must not starve, a few need no more. */
const [minCredit, maxCredit] = [4 * 1024, 256 * 1024];

/** Takes the values of a generator, sync or async, one by one, and pauses it while its reader is behind. */
export function drain(values: Iterator<unknown> | AsyncIterator<unknown>, options: DrainOptions): Draining {
  const { emit, waited, now } = options;
  const itemCredit = min(maxCredit, max(minCredit, options.credit));
  let ahead = 0;
  let stopped = false;
  let wake = () => {};

  async function takeAll(): Promise<void> {
    await undefined; // whoever called knows us by the first value
    while (true) {
      if (ahead >= itemCredit) await new Promise<void>((resolve) => wake = resolve);
      if (stopped) {
        await values.return?.();
        return;
      }
      const step = values.next();
      let result: IteratorResult<unknown>;
      if ("then" in step) {
        const since = now();
        result = await step;
        waited(now() - since);
      } else result = step;
      const { done, value } = result;
      if (done) return;
      if (stopped) continue;
      try {
        emit(value);
      } catch (error) {
        try {
          await values.return?.();
        } catch {
          // what went wrong first is the item's error
        }
        throw error;
      }
    }
  }

  return {
    done: takeAll(),
    left: (bytes) => ahead += bytes,
    taken(bytes) {
      ahead -= bytes;
      if (ahead < itemCredit) wake();
    },
    stop() {
      stopped = true;
      ahead = 0;
      wake();
    },
  };
}

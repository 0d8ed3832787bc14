import { isPromise, KeptMap, max, min, Promise } from "../../natives.ts";
import { controlWord } from "../wire/protocol.ts";
import type { ItemEnds } from "./item_ends.ts";
import type { Outbox } from "./outbox.ts";
import type { SlotOutput } from "./slot_output.ts";
import type { StartedItem } from "./started_item.ts";

/** A generator whose values are being taken, and how far ahead of its reader it may be. */
interface Draining {
  /** Resolves at the generator's end; rejects with what it, or `emit`, throws. */
  readonly done: Promise<void>;
  /** This many bytes of its values have left for main. */
  left(bytes: number): void;
  /** Main has taken this many of them. */
  taken(bytes: number): void;
  /** No more values are wanted: the generator is asked to return, also if its reader is behind. */
  stop(): void;
}

/** What is done with the values. */
interface DrainOptions {
  readonly emit: (value: unknown) => void;
  /** Called with false before the generator's code is called, with true when it waits. */
  readonly waits: (waits: boolean) => void;
  /** Called with how long a value was waited for, in milliseconds; waiting for its reader does not count. */
  readonly waited: (ms: number) => void;
  readonly now: () => number;
  /** The item's share of the slot's credit, in bytes: its values may be so far ahead of their reader. */
  readonly credit: number;
}

/** Bounds of an item's credit: many tasks must not starve, a few need no more. */
const [minCredit, maxCredit] = [4 * 1024, 256 * 1024];

/** Takes the values of a generator, sync or async, one by one, and pauses it while its reader is behind. */
function drain(values: Iterator<unknown> | AsyncIterator<unknown>, options: DrainOptions): Draining {
  const { emit, waits, waited, now } = options;
  const itemCredit = min(maxCredit, max(minCredit, options.credit));
  let ahead = 0;
  let stopped = false;
  let wake = () => {};

  async function takeAll(): Promise<void> {
    waits(true);
    await undefined; // the caller gets this object before the first value
    while (true) {
      if (ahead >= itemCredit) {
        waits(true);
        await new Promise<void>((resolve) => wake = resolve);
      }
      if (stopped) {
        await values.return?.();
        return;
      }
      waits(false);
      const step = values.next();
      let result: IteratorResult<unknown>;
      if (isPromise(step)) {
        waits(true);
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

/** What generators need of their slot. */
export interface GeneratorsOptions {
  readonly outbox: Outbox;
  readonly output: SlotOutput;
  readonly ends: ItemEnds;
  readonly now: () => number;
  /** Output of the whole slot that may be under way without main having taken it, in bytes. */
  readonly credit: number;
  readonly control: Int32Array;
}

/** The generators of a slot whose values are being taken. */
export class Generators {
  readonly #options: GeneratorsOptions;
  readonly #drains = new KeptMap<number, Draining>(); // by item

  constructor(options: GeneratorsOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#drains.size;
  }

  /** Gives an item the values of its generator, and its end; resolves when it has that. */
  async drain(started: StartedItem, values: Iterator<unknown>, waits: (waits: boolean) => void): Promise<void> {
    const { item, line } = started;
    const { outbox, output, ends, now, credit, control } = this.#options;
    const emit = (value: unknown) => {
      outbox.addValue(item, ends.record(value, line));
      started.yielded = true;
      if (outbox.isDue(now())) output.flush();
      else output.flushLater();
    };
    const waited = (ms: number) => outbox.addPending(ms);
    const draining = drain(values, { emit, waits, waited, now, credit: credit / max(1, control[controlWord.tasks]) });
    this.#drains.set(item, draining);
    try {
      await draining.done;
      ends.exhaust(started);
    } catch (error) {
      ends.fail(started, error);
    }
    if (!started.abandoned) this.#drains.delete(item); // else another attempt may have its place
  }

  /** This many bytes of the item's values have left for main. */
  left(item: number, bytes: number): void {
    this.#drains.get(item)?.left(bytes);
  }

  /** Main has taken this many of them. */
  taken(item: number, bytes: number): void {
    this.#drains.get(item)?.taken(bytes);
  }

  /** No more values of the item are wanted. */
  stop(item: number): void {
    this.#drains.get(item)?.stop();
    this.#drains.delete(item);
  }
}

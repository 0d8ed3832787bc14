import type { ItemNumber } from "../wire/numbers.ts";
import { type KeptMap, push } from "../../natives.ts";
import { graceOf } from "../wire/grace.ts";
import { controlWord, type FromSlot } from "../wire/protocol.ts";
import type { ItemSignal } from "./item_context.ts";
import type { ItemEnds } from "./item_ends.ts";
import { errorText } from "./record.ts";
import type { StartedItem } from "./started_item.ts";

/** What running items need of their slot. */
export interface RunningOptions {
  readonly control: Int32Array;
  readonly ends: ItemEnds;
  /** The signals of running items, by item. */
  readonly signals: KeptMap<ItemNumber, ItemSignal>;
  readonly post: (message: FromSlot) => void;
  /** Calls back once, `ms` from now. */
  readonly after: (ms: number, callback: () => void) => void;
  /** Where in the job an error was made, as `path:line`; undefined if that is not known. */
  readonly placeOf: (thrown: unknown) => string | undefined;
  /** Posts what has ended. */
  readonly flush: () => void;
  /** No more values are wanted of that item. */
  readonly stopValues: (item: ItemNumber) => void;
  /** An item was abandoned: another may start, but the job's own code may be below us. */
  readonly onAbandoned: () => void;
  /** The thread will be replaced: nothing else may start. */
  readonly onDeath: () => void;
}

/** Maximum number of warnings of a thread: an interval that throws would fill stderr. */
const warningLimit = 20;

/** The items of a slot that wait, and how those end that do not end by themselves. */
export class RunningItems {
  readonly #options: RunningOptions;
  readonly #items: StartedItem[] = []; // in no order
  #warnings = 0;

  constructor(options: RunningOptions) {
    this.#options = options;
  }

  get length(): number {
    return this.#items.length;
  }

  hold(started: StartedItem): void {
    if (started.ended) return; // it failed while it was being started
    started.at = this.#items.length;
    push(this.#items, started);
  }

  leave(started: StartedItem): void {
    if (started.at === -1) return;
    const last = this.#items[this.#items.length - 1];
    this.#items[started.at] = last;
    last.at = started.at;
    this.#items.length--;
    started.at = -1;
  }

  /** Tells an item that it is no longer wanted; if it has not ended after a grace, it fails, and its place is free. */
  cancel(item: ItemNumber): void {
    const { control, signals, after, ends, flush } = this.#options;
    const limitMs = control[controlWord.limitMs];
    const signal = signals.get(item);
    signal?.abort("TimeoutError", `the item took longer than ${limitMs} ms`);
    for (let i = 0; i < this.#items.length; i++) {
      const started = this.#items[i];
      if (started.item !== item) continue;
      after(graceOf(limitMs), () => {
        if (started.ended || ends.closed) return;
        this.#abandon(started, undefined);
        flush();
      });
    }
  }

  /**
   * A timer threw, or nobody caught a rejection. The error fails the item it is attributed to; after that item's end it is a
   * warning. If it is attributed to none, every running item may depend on it, and fails.
   */
  uncaught(thrown: unknown, started: StartedItem | undefined): void {
    if (this.#options.ends.closed) return;
    if (started !== undefined && !started.ended) this.#abandon(started, thrown);
    else if (started !== undefined || this.#items.length === 0) this.#warn(thrown, started);
    else this.die(thrown);
  }

  /** The item fails, though its code may run on. */
  #abandon(started: StartedItem, thrown: unknown): void {
    const { ends, stopValues, onAbandoned } = this.#options;
    started.abandoned = true;
    ends.fail(started, thrown);
    stopValues(started.item);
    this.leave(started);
    onAbandoned();
  }

  /** The thread will be replaced. What has ended leaves; nothing else starts or ends, so that main knows what had started. */
  die(thrown: unknown): void {
    const { ends, flush, onDeath, post, placeOf } = this.#options;
    try {
      flush();
    } finally {
      ends.closed = true;
      onDeath();
      post({ kind: "fatal", message: errorText(thrown), at: placeOf(thrown) });
    }
  }

  /** Tells main of an error that can fail no item any more: once an item, which has ended, or is not known. */
  #warn(thrown: unknown, started: StartedItem | undefined): void {
    if (started?.warned || this.#warnings > warningLimit) return;
    if (started !== undefined) started.warned = true;
    const { post } = this.#options;
    if (++this.#warnings > warningLimit) return post({ kind: "uncaught", message: "more such errors are not shown" });
    post({ kind: "uncaught", message: errorText(thrown), line: started?.line });
  }
}

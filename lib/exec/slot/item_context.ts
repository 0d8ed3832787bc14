import type { Generation, ItemNumber } from "../wire/numbers.ts";
import { isCancelled, isRunning } from "../wire/block.ts";
import { withinScope } from "./item_scope.ts";
import { controlWord } from "../wire/protocol.ts";
import type { StartedItem } from "./started_item.ts";
import {
  abort,
  AbortController,
  controllerSignal,
  defineProperties,
  defineProperty,
  DOMException,
  exec,
  functionToString,
  type KeptMap,
  signalAborted,
  signalReason,
} from "../../natives.ts";

/** What the signals of one slot look at. */
export interface SignalSource {
  readonly generation: Generation;
  readonly control: Int32Array;
  /** The signals of running items, by item. */
  readonly signals: KeptMap<ItemNumber, ItemSignal>;
}

/**
 * A running item's signal. Its `aborted` and `throwIfAborted` look at the shared flags too, so that a loop that never
 * yields sees them; its event comes when the event loop is free.
 */
export class ItemSignal {
  readonly #controller = new AbortController();
  readonly signal = controllerSignal(this.#controller);
  readonly #started: StartedItem;
  #open = true;

  constructor(control: Int32Array, started: StartedItem) {
    this.#started = started;
    const { signal } = this;
    const { block, place } = started;
    const look = () => {
      if (!signalAborted(signal) && this.#open) {
        if (isCancelled(block, place)) {
          this.abort("TimeoutError", `the item took longer than ${control[controlWord.limitMs]} ms`);
        } else if (control[controlWord.stopped] === 1) this.abort("AbortError", "the run was stopped");
      }
      return signalAborted(signal);
    };
    defineProperties(signal, {
      aborted: { get: look },
      throwIfAborted: {
        value: () => {
          if (look()) throw signalReason(signal);
        },
      },
    });
  }

  /** What its listeners throw is the item's. */
  abort(name: "TimeoutError" | "AbortError", message: string): void {
    this.#open = false; // aborting asks the signal whether it has aborted
    withinScope(this.#started, () => abort(this.#controller, new DOMException(message, name)));
  }

  /** The item has ended: its place in the table will be another's. */
  close(): void {
    this.#open = false;
  }
}

/**
 * What a job gets besides its item. All of it are own, enumerable properties, so that `{ ...ctx }` has all of it. The signal is
 * made when it is first read: it costs more than a small item.
 */
export class ItemContext {
  readonly index: number;
  readonly thread: number;
  readonly state: unknown;
  declare readonly signal: AbortSignal;
  readonly #source: SignalSource;
  readonly #started: StartedItem;
  #signal: ItemSignal | undefined;

  constructor(
    about: { readonly index: number; readonly thread: number; readonly state: unknown },
    source: SignalSource,
    started: StartedItem,
  ) {
    this.index = about.index;
    this.thread = about.thread;
    this.state = about.state;
    this.#source = source;
    this.#started = started;
    defineProperty(this, "signal", ItemContext.#signalProperty);
  }

  /** One getter for all contexts: then they have one shape. */
  static readonly #signalProperty: PropertyDescriptor & ThisType<ItemContext> = {
    get() {
      return this.#madeSignal();
    },
    enumerable: true,
  };

  #madeSignal(): AbortSignal {
    if (this.#signal === undefined) {
      const { block, place, use, item, ended, abandoned } = this.#started;
      const { generation, signals, control } = this.#source;
      this.#signal = new ItemSignal(control, this.#started);
      if (!ended && isRunning(block, place, use, generation)) signals.set(item, this.#signal);
      else if (abandoned) this.#signal.abort("AbortError", "the item has failed");
      else this.#signal.close(); // a job that kept its context asks for it after its item's end
    }
    return this.#signal.signal;
  }
}

/** The head of a function that has no parameter, or one that is a plain name. */
const shortHead = /^(?:async\b)?\s*(?:function\b\s*\*?\s*[\w$]*)?\s*(?:\(\s*[\w$]*\s*,?\s*\)|[\w$]+)\s*(?:=>|\{)/;

/** How such a function may have more arguments, or hide that it does. */
const otherWays = /\barguments\b|\beval\b|\\u|\[native code\]/;

/**
 * Whether a job may read its context, as far as its text tells: false only if it cannot. Such a job is spared the context, which
 * takes 0.28 us: more than half of the CPU time of an item that does nothing. Even a plain object with a fresh AbortSignal, which
 * would not look at the shared flags yet, takes 7 % of that (2.9.6, a million items).
 */
export function mayReadContext(run: (...args: never[]) => unknown): boolean {
  const text = functionToString(run);
  return exec(shortHead, text) === null || exec(otherWays, text) !== null;
}

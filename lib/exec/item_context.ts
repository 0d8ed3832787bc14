import { type Block, isCancelled, isRunning } from "./block.ts";
import type { KeptMap } from "./kept_map.ts";
import { control as words } from "./protocol.ts";

// What we use we keep: the job may replace globals.
const Controller = AbortController;
const Reason = DOMException;
const define = Object.defineProperties;
const apply = Reflect.apply;
const { abort } = Controller.prototype;
const nativeSignal = getter(Controller.prototype, "signal");
const nativeAborted = getter(AbortSignal.prototype, "aborted");
const nativeReason = getter(AbortSignal.prototype, "reason");

/** What the signals of one slot look at. */
export interface SignalSource {
  /** The slot's mark. */
  readonly mark: number;
  readonly control: Int32Array;
  /** The signals of running items, by item. */
  readonly signals: KeptMap<number, ItemSignal>;
}

/**
 * A running item's signal. Its `aborted` and `throwIfAborted` look at the shared flags too, so that a loop that never
 * yields sees them; its event comes when the event loop is free.
 */
export class ItemSignal {
  readonly #controller = new Controller();
  readonly signal = apply(nativeSignal, this.#controller, []) as AbortSignal;
  #open = true;

  constructor(control: Int32Array, block: Block, place: number) {
    const { signal } = this;
    const look = () => {
      if (!apply(nativeAborted, signal, []) && this.#open) {
        if (isCancelled(block, place)) this.abort("TimeoutError", "the item took longer than its time limit");
        else if (control[words.stopped] === 1) this.abort("AbortError", "the run was stopped");
      }
      return apply(nativeAborted, signal, []) as boolean;
    };
    define(signal, {
      aborted: { get: look },
      throwIfAborted: {
        value: () => {
          if (look()) throw apply(nativeReason, signal, []);
        },
      },
    });
  }

  abort(name: "TimeoutError" | "AbortError", message: string): void {
    this.#open = false; // aborting asks the signal whether it has aborted
    apply(abort, this.#controller, [new Reason(message, name)]);
  }

  /** The item has ended: its place in the table will be another's. */
  close(): void {
    this.#open = false;
  }
}

/** What a job is told besides its item. The signal is made when it is first asked for: it costs more than a small item. */
export class ItemContext {
  readonly index: number;
  readonly thread: number;
  readonly state: unknown;
  readonly #source: SignalSource;
  readonly #item: number;
  readonly #block: Block;
  readonly #place: number;
  #signal: ItemSignal | undefined;

  constructor(
    about: { readonly index: number; readonly thread: number; readonly state: unknown },
    source: SignalSource,
    item: number,
    block: Block,
    place: number,
  ) {
    this.index = about.index;
    this.thread = about.thread;
    this.state = about.state;
    this.#source = source;
    this.#item = item;
    this.#block = block;
    this.#place = place;
  }

  get signal(): AbortSignal {
    if (this.#signal === undefined) {
      this.#signal = new ItemSignal(this.#source.control, this.#block, this.#place);
      const { mark, signals } = this.#source;
      if (isRunning(this.#block, this.#place, this.#item, mark)) signals.set(this.#item, this.#signal);
      else this.#signal.close(); // a job that kept its context asks after its item's end
    }
    return this.#signal.signal;
  }
}

function getter(prototype: object, name: string): () => unknown {
  return Object.getOwnPropertyDescriptor(prototype, name)?.get as () => unknown;
}

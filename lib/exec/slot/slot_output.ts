import { gatherMs, type Outbox } from "./outbox.ts";

/** What a slot's output needs of its slot. */
export interface OutputOptions {
  readonly outbox: Outbox;
  /** Output that may be under way without main having taken it, in bytes. */
  readonly credit: number;
  /** Calls back once, `ms` from now. */
  readonly after: (ms: number, callback: () => void) => void;
  /** Called with how many bytes of an item's values have left; the item goes on. */
  readonly valuesLeft: (item: number, bytes: number) => void;
}

/** When outcomes leave the outbox, and how much of them main has not taken yet. */
export class SlotOutput {
  readonly #options: OutputOptions;
  #untaken = 0; // bytes
  #willFlush = false;

  constructor(options: OutputOptions) {
    this.#options = options;
  }

  /** Whether more output may be made: main has taken enough of what left before. */
  get hasCredit(): boolean {
    return this.#untaken < this.#options.credit;
  }

  /** Main has taken this many bytes. */
  taken(bytes: number): void {
    this.#untaken -= bytes;
  }

  /** Posts what has ended. */
  flush(): void {
    const { outbox, valuesLeft } = this.#options;
    this.#untaken += outbox.flush(valuesLeft);
  }

  /** Posts what has ended, together with what ends shortly after. */
  flushLater(): void {
    if (this.#willFlush) return;
    this.#willFlush = true;
    this.#options.after(gatherMs, () => {
      this.#willFlush = false;
      this.flush();
    });
  }
}

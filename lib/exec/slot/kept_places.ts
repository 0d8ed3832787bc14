import { controlWord } from "../wire/protocol.ts";

/** What kept places need of their slot. */
export interface KeptPlacesOptions {
  readonly control: Int32Array;
  /** Calls back once, `ms` from now. */
  readonly after: (ms: number, callback: () => void) => void;
}

/**
 * The places of items whose errors asked to wait (`retryAfter`, or the header Retry-After), in a run of a fixed width. Such a place
 * stays empty for that long: given to another item at once, it would go on calling a service that has said it refuses. The other
 * places go on, so a service whose shortest pause is a second is not left idle for it.
 */
export class KeptPlaces {
  readonly #options: KeptPlacesOptions;
  #count = 0;
  #onFree = () => {};

  constructor(options: KeptPlacesOptions) {
    this.#options = options;
  }

  /** Before anything else. */
  attach(onFree: () => void): void {
    this.#onFree = onFree;
  }

  /** How many items may run at once now. */
  get places(): number {
    return this.#options.control[controlWord.tasks] - this.#count;
  }

  /** How many places are kept empty. */
  get count(): number {
    return this.#count;
  }

  keep(ms: number): void {
    this.#count++;
    this.#options.after(ms, () => {
      this.#count--;
      this.#onFree();
    });
  }
}

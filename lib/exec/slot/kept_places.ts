/**
 * The places of items whose errors asked to wait (`retryAfter`, or the header Retry-After), in a run of a fixed width. Such a place
 * stays empty for that long: given to another item at once, it would go on calling a service that has said it refuses. The other
 * places go on, so a service whose shortest pause is a second is not left idle for it.
 */
export class KeptPlaces {
  readonly #after: (ms: number, callback: () => void) => void;
  #count = 0;
  #onFree = () => {};

  /** `after` calls back once, `ms` from now. */
  constructor(after: (ms: number, callback: () => void) => void) {
    this.#after = after;
  }

  /** Before anything else. */
  attach(onFree: () => void): void {
    this.#onFree = onFree;
  }

  /** How many places are kept now. */
  get count(): number {
    return this.#count;
  }

  keep(ms: number): void {
    this.#count++;
    this.#after(ms, () => {
      this.#count--;
      this.#onFree();
    });
  }
}

/**
 * Events that are handled one after the other: one that comes while another is being handled waits for its turn. So whatever
 * handling an event calls may answer at once.
 */
export class EventQueue<E> {
  readonly handle: (event: E) => void;
  readonly #waiting: E[] = [];
  #draining = false;

  constructor(handle: (event: E) => void) {
    this.handle = handle;
  }

  push(event: E): void {
    this.#waiting.push(event);
    if (this.#draining) return;
    this.#draining = true;
    try {
      for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) this.handle(next);
    } finally {
      this.#draining = false;
    }
  }
}

/** A round ends after this many values. */
const valuesOfRound = 1024;

/**
 * Lets values into a multiplexer in rounds. `MuxAsyncIterator` frees what it has yielded only when it has nothing more to
 * yield, which never happens while a source is always ready. So when a round is full no source is asked, until the
 * multiplexer has yielded what it holds, is asked for more, and so has found that there is nothing.
 */
export class Rounds {
  #entered = 0;
  #inside = 0;
  #asked = 0;
  #next = Promise.withResolvers<void>();

  /** Resolves when the next round begins; undefined while this one has room. */
  get wait(): Promise<void> | undefined {
    return this.#entered < valuesOfRound ? undefined : this.#next.promise;
  }

  /** A value goes to the multiplexer. */
  enter(): void {
    this.#entered++;
    this.#inside++;
  }

  /** The multiplexer has been asked for a value. */
  ask(): void {
    this.#asked++;
    this.#begin();
  }

  /** A value has come out. */
  leave(): void {
    this.#asked--;
    this.#inside--;
    this.#begin();
  }

  #begin(): void {
    if (this.#entered < valuesOfRound || this.#inside > 0 || this.#asked === 0) return;
    this.#entered = 0;
    this.#next.resolve();
    this.#next = Promise.withResolvers();
  }
}

/** A virtual clock, which advances only when everything that is due has happened, and its future events. */
export class Agenda {
  now = 0;
  /** The next event is last. Events of the same time are in the order in which they were added. */
  readonly #later: { readonly at: number; readonly act: () => void }[] = [];

  after(ms: number, act: () => void): void {
    const at = this.now + ms;
    let i = this.#later.length;
    while (i > 0 && this.#later[i - 1].at <= at) i--;
    this.#later.splice(i, 0, { at, act });
  }

  /** Runs the next event; false if there is none. */
  next(): boolean {
    const next = this.#later.pop();
    if (next === undefined) return false;
    this.now = next.at;
    next.act();
    return true;
  }
}

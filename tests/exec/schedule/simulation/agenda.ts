/** A clock that goes on only when all that is due has happened, and what will happen later. */
export class Agenda {
  now = 0;
  /** The next one last; of one moment, in the order they were added. */
  readonly #later: { readonly at: number; readonly act: () => void }[] = [];

  after(ms: number, act: () => void): void {
    const at = this.now + ms;
    let i = this.#later.length;
    while (i > 0 && this.#later[i - 1].at <= at) i--;
    this.#later.splice(i, 0, { at, act });
  }

  /** Lets the next thing happen; false if nothing will. */
  next(): boolean {
    const next = this.#later.pop();
    if (next === undefined) return false;
    this.now = next.at;
    next.act();
    return true;
  }
}

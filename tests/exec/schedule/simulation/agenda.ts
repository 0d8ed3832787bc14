import type { Clock, Wait } from "../../../../lib/clock.ts";

interface Entry {
  readonly at: number;
  /** Undefined if it was cancelled. */
  act: (() => void) | undefined;
}

/** Promises that settle by themselves need fewer turns than this. */
const turns = 16;

/** A virtual clock, which advances only when everything that is due has happened, and its future events. */
export class Agenda implements Clock {
  #now = 0;
  /** The next event is last. Events of the same time are in the order in which they were added. */
  readonly #later: Entry[] = [];

  now(): number {
    return this.#now;
  }

  wait(ms: number): Wait {
    const { promise, resolve } = Promise.withResolvers<void>();
    const entry = this.after(ms, resolve);
    return { done: promise, cancel: () => entry.act = undefined };
  }

  after(ms: number, act: () => void): { act: (() => void) | undefined } {
    const entry: Entry = { at: this.#now + ms, act };
    let i = this.#later.length;
    while (i > 0 && this.#later[i - 1].at <= entry.at) i--;
    this.#later.splice(i, 0, entry);
    return entry;
  }

  /** Whether anything is still to happen. */
  get isEmpty(): boolean {
    return this.#later.every(({ act }) => act === undefined);
  }

  /** Runs the next event and everything that follows from it at once; false if there is none. */
  async next(): Promise<boolean> {
    let next = this.#later.pop();
    while (next !== undefined && next.act === undefined) next = this.#later.pop();
    if (next?.act === undefined) return false;
    this.#now = next.at;
    next.act();
    await this.settle();
    return true;
  }

  /** Resolves when everything has happened that needs no time. */
  async settle(): Promise<void> {
    for (let turn = 0; turn < turns; turn++) await undefined;
  }
}

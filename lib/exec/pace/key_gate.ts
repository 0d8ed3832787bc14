import { type Range, RangeSet } from "../schedule/range_set.ts";
import type { Gate, HoldsBack } from "./gate.ts";
import { type Rate, type RateOptions, Rates, slowestMs } from "./rates.ts";

/** The limits of a run, and those of each key. */
export interface KeyOptions extends RateOptions {
  /** How many items of a key may run, or wait for their next attempt, at once; no limit by default. */
  readonly perKey?: number;
  readonly perKeyRates?: readonly Rate[];
}

/** Items that belong together. */
interface Key {
  readonly name: string | undefined;
  /** Held back, and have not started. */
  readonly fresh: RangeSet;
  /** Held back, and have started before. They have their places. */
  readonly again: RangeSet;
  /** How many have started and not ended for good. */
  places: number;
  /** When it may start the next item. */
  due: number;
}

/**
 * Lets items start at the rates of the run, and within the limits of their keys. Keys that may start one take turns; within a key
 * the lowest goes first, before that one that has started before.
 *
 * Invariants: a key with a start in the last `#restMs` is in `#resting`. Any other key is in `#ready` if it may start an item. A
 * key in neither has items that run or are held back, or is forgotten: so memory depends on the items in the window, and on how
 * many keys have started one in the last `#restMs`.
 */
export class KeyGate implements Gate {
  readonly #rates: Rates;
  readonly #perKey: number;
  /** All keys have the same rates, so their starts are this far apart, in milliseconds, and they rest in the order of their starts. */
  readonly #restMs: number;
  readonly #keys = new Map<string | undefined, Key>();
  /** The key of each item that is held back or has started, and has not ended for good. */
  readonly #keyOf = new Map<number, Key>();
  /** In the order of their turns. */
  readonly #ready = new Set<Key>();
  /** In the order of `due`. */
  readonly #resting = new Set<Key>();
  #held = 0;

  constructor({ perKey = Infinity, perKeyRates = [], ...options }: KeyOptions) {
    this.#rates = new Rates(options);
    this.#perKey = perKey;
    this.#restMs = slowestMs(perKeyRates);
  }

  add({ first, end }: Range, keyOf: (item: number) => string | undefined): void {
    for (let item = first; item < end; item++) {
      const known = this.#keyOf.get(item);
      const key = known ?? this.#keyNamed(keyOf(item));
      (known === undefined ? key.fresh : key.again).add(item, item + 1);
      this.#keyOf.set(item, key);
      this.#held++;
      this.#consider(key);
    }
  }

  take(now: number, only?: number): number | undefined {
    this.#wake(now);
    if (this.#rates.waitMs(now) > 0) return undefined;
    const [first] = this.#ready;
    const key = only === undefined ? first : this.#keyOf.get(only);
    if (key === undefined || !this.#ready.has(key)) return undefined;
    const item = only ?? key.again.lowest ?? key.fresh.lowest;
    if (item === undefined || !this.#start(key, item)) return undefined;
    this.#rates.start(now);
    this.#ready.delete(key);
    key.due = now + this.#restMs;
    this.#resting.add(key);
    return item;
  }

  ended({ first, end }: Range): void {
    for (let item = first; item < end; item++) {
      const key = this.#keyOf.get(item);
      if (key === undefined) continue;
      this.#keyOf.delete(item);
      key.places--;
      this.#consider(key);
    }
  }

  nextMs(now: number, only?: number): number | undefined {
    this.#wake(now);
    if (this.#held === 0) return undefined;
    const [next] = this.#ready.size > 0 ? this.#ready : this.#resting;
    const key = only === undefined ? next : this.#keyOf.get(only);
    if (key === undefined || !this.#ready.has(key) && !this.#resting.has(key)) return undefined;
    return Math.max(this.#rates.waitMs(now), key.due - now);
  }

  why(now: number): HoldsBack | undefined {
    this.#wake(now);
    if (this.#held === 0) return undefined;
    if (this.#ready.size === 0) return "key";
    return this.#rates.waitMs(now) > 0 ? "rate" : undefined;
  }

  #keyNamed(name: string | undefined): Key {
    let key = this.#keys.get(name);
    if (key === undefined) {
      key = { name, fresh: new RangeSet(), again: new RangeSet(), places: 0, due: -Infinity };
      this.#keys.set(name, key);
    }
    return key;
  }

  /** Keys that have rested may start an item again. */
  #wake(now: number): void {
    for (const key of this.#resting) {
      if (key.due > now) return;
      this.#resting.delete(key);
      this.#consider(key);
    }
  }

  /** Gives a key its turn if it may start an item, behind those that have theirs. Forgets it if it has no items. */
  #consider(key: Key): void {
    if (this.#resting.has(key)) return;
    const { name, fresh, again, places } = key;
    if (again.size > 0 || fresh.size > 0 && places < this.#perKey) this.#ready.add(key);
    else if (places + fresh.size === 0) this.#keys.delete(name);
  }

  /** Takes an item of a key out of those that are held back; false if it is not there, or has no place. */
  #start(key: Key, item: number): boolean {
    if (key.again.remove(item, item + 1) === 0) {
      if (key.places >= this.#perKey || key.fresh.remove(item, item + 1) === 0) return false;
      key.places++;
    }
    this.#held--;
    return true;
  }
}

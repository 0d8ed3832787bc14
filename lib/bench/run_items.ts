import type { Cell } from "../model/grid.ts";
import { seededRandom, shuffled } from "../stats/random.ts";

/** Some of the user's items, in the order in which they run. */
export interface ItemSlice {
  readonly bytes: readonly Uint8Array[];
  /** Which of the user's items the `place`-th of these is, from 0. */
  indexOf(place: number): number;
}

/** The items of one run, and those that warm its slots up before. */
export interface RunItems {
  readonly warmup: ItemSlice;
  readonly measured: ItemSlice;
}

/** Gives each run its items. */
export type ItemsFor = (cell: Cell) => RunItems;

/** All places, in an order drawn at random. */
export function drawOrder(count: number, seed: number): number[] {
  return shuffled(Array.from({ length: count }, (_, place) => place), seededRandom(seed));
}

/** So many places, drawn at random and in ascending order: a part that stands for the whole, whatever the order means. */
export function drawPlaces(count: number, from: number, seed: number): number[] {
  return drawOrder(from, seed).slice(0, count).sort((a, b) => a - b);
}

/** The items at some places, the whole list several times over. */
export function sliceAt(items: readonly Uint8Array[], places: readonly number[], passes = 1): ItemSlice {
  const once = places.map((place) => items[place]);
  return {
    bytes: Array.from({ length: passes }, () => once).flat(),
    indexOf: (place) => places[place % places.length],
  };
}

/** Every run has the same items, and the first of them warm it up. */
export function sameItems(
  items: readonly Uint8Array[],
  places: readonly number[],
  passes: number,
  warmupOf: (cell: Cell) => number,
): ItemsFor {
  const measured = sliceAt(items, places, passes);
  return (cell) => ({ warmup: sliceAt(items, places.slice(0, warmupOf(cell))), measured });
}

/** Every run has items of its own, the next ones, so that none runs twice. `used` is how many have run, from the first on. */
export class ItemsOnce {
  readonly #items: readonly Uint8Array[];
  readonly #perRun: number;
  readonly #warmupOf: (cell: Cell) => number;
  #used: number;

  constructor(items: readonly Uint8Array[], used: number, perRun: number, warmupOf: (cell: Cell) => number) {
    this.#items = items;
    this.#used = used;
    this.#perRun = perRun;
    this.#warmupOf = warmupOf;
  }

  get used(): number {
    return this.#used;
  }

  next(cell: Cell): RunItems {
    const warmup = this.#take(this.#warmupOf(cell));
    return { warmup, measured: this.#take(this.#perRun) };
  }

  #take(count: number): ItemSlice {
    const first = this.#used;
    this.#used += count;
    if (this.#used > this.#items.length) throw new RangeError(`${this.#items.length} items, ${this.#used} wanted`);
    return { bytes: this.#items.slice(first, this.#used), indexOf: (place) => first + place };
  }
}

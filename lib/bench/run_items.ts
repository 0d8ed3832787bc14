import type { Cell } from "../model/grid.ts";
import { seededRandom, shuffled } from "../stats/random.ts";

/** Some of the user's items, in the order in which they run. */
export interface ItemSlice {
  readonly bytes: readonly Uint8Array[];
  /** Maps a place in the slice to the index of the user's item, both from 0. */
  indexOf(place: number): number;
}

/** The items of one run, and the items that warm its slots up before it. */
export interface RunItems {
  readonly warmup: ItemSlice;
  readonly measured: ItemSlice;
}

/** Chooses the items of a run. */
export type ItemsFor = (cell: Cell) => RunItems;

/** All places, in random order. */
export function drawOrder(count: number, seed: number): number[] {
  return shuffled(Array.from({ length: count }, (_, place) => place), seededRandom(seed));
}

/** `count` random places, ascending: a representative part, whatever the order of the items means. */
export function drawPlaces(count: number, from: number, seed: number): number[] {
  return drawOrder(from, seed).slice(0, count).sort((a, b) => a - b);
}

/** The items at some places; the whole list is repeated `passes` times. */
export function sliceAt(items: readonly Uint8Array[], places: readonly number[], passes = 1): ItemSlice {
  const once = places.map((place) => items[place]);
  return {
    bytes: Array.from({ length: passes }, () => once).flat(),
    indexOf: (place) => places[place % places.length],
  };
}

/** Every run has the same items, and the first few of them warm it up. */
export function sameItems(
  items: readonly Uint8Array[],
  places: readonly number[],
  passes: number,
  warmupOf: (cell: Cell) => number,
): ItemsFor {
  const measured = sliceAt(items, places, passes);
  return (cell) => ({ warmup: sliceAt(items, places.slice(0, warmupOf(cell))), measured });
}

/** Every run gets the next items, so that none runs twice. `used`: how many have run, counted from the first. */
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

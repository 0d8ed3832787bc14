import type { Cell } from "../model/grid.ts";
import { seededRandom } from "../stats/random.ts";

/** The user's items by their places, from 0: an array, or what makes each one when it is asked for. */
export interface ItemList {
  readonly length: number;
  at(place: number): Uint8Array | undefined;
}

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

/** Items that are taken one after the other, each once. */
export interface ItemOrder {
  readonly length: number;
  /** The next `count` items, or those that are left. */
  next(count: number): ItemSlice;
}

/** The first `length` items, in their order. */
export function inOrder(items: ItemList, length = items.length): ItemOrder {
  return orderOf(items, length, numbersFrom(0, length));
}

/** All items in random order, so that any of them represent all. */
export function inRandomOrder(items: ItemList, seed: number): ItemOrder {
  return orderOf(items, items.length, randomPlaces(items.length, seed));
}

function orderOf(items: ItemList, length: number, places: Iterator<number> & Iterable<number>): ItemOrder {
  return { length, next: (count) => sliceAt(items, take(places, count)) };
}

function take(places: Iterator<number>, count: number): number[] {
  const taken: number[] = [];
  for (let step; taken.length < count && !(step = places.next()).done;) taken.push(step.value);
  return taken;
}

function* numbersFrom(first: number, end: number): Generator<number> {
  for (let place = first; place < end; place++) yield place;
}

/**
 * All places below `count`, in random order (Fisher and Yates). Memory grows with how many are taken, not with `count`: only
 * the places that are not where they were are kept.
 */
function* randomPlaces(count: number, seed: number): Generator<number> {
  const random = seededRandom(seed);
  const moved = new Map<number, number>();
  for (let i = 0; i < count; i++) {
    const j = i + Math.floor(random() * (count - i));
    yield moved.get(j) ?? j;
    moved.set(j, moved.get(i) ?? i);
    moved.delete(i);
  }
}

/** `count` random places, ascending: a representative part, whatever the order of the items means. */
export function drawPlaces(count: number, from: number, seed: number): number[] {
  return take(randomPlaces(from, seed), count).sort((a, b) => a - b);
}

/** The items at some places; the whole list is repeated `passes` times. */
export function sliceAt(items: ItemList, places: readonly number[], passes = 1): ItemSlice {
  const once = places.map((place) => itemAt(items, place));
  return {
    bytes: Array.from({ length: passes }, () => once).flat(),
    indexOf: (place) => places[place % places.length],
  };
}

function itemAt(items: ItemList, place: number): Uint8Array {
  const item = items.at(place);
  if (item === undefined) throw new RangeError(`${items.length} items, none at ${place}`);
  return item;
}

/** Every run has the same items, and the first few of them warm it up. */
export function sameItems(
  items: ItemList,
  places: readonly number[],
  passes: number,
  warmupOf: (cell: Cell) => number,
): ItemsFor {
  const measured = sliceAt(items, places, passes);
  const { bytes, indexOf } = measured;
  return (cell) => ({ warmup: { bytes: bytes.slice(0, warmupOf(cell)), indexOf }, measured });
}

/** Every run gets the next items, so that none runs twice. `used`: how many have run, counted from the first. */
export class ItemsOnce {
  readonly #items: ItemList;
  readonly #perRun: number;
  readonly #warmupOf: (cell: Cell) => number;
  #used: number;

  constructor(items: ItemList, used: number, perRun: number, warmupOf: (cell: Cell) => number) {
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
    return sliceAt(this.#items, Array.from({ length: count }, (_, i) => first + i));
  }
}

import type { Range } from "../schedule/range_set.ts";

/**
 * Says which of the items that are held back may start, and when. It is a pure machine: whoever drives it tells the time, in
 * milliseconds that never go back.
 */
export interface Gate {
  /**
   * These items are held back from now on. `keyOf` is asked for items that come for the first time. One that has started before
   * keeps its key's place, so an earlier item never waits for the place of a later one.
   */
  add(range: Range, keyOf: (item: number) => string | undefined): void;
  /** Takes an item that may start now; with `only`, that item or none. Taking it is its start. */
  take(now: number, only?: number): number | undefined;
  /** These items have ended for good. */
  ended(range: Range): void;
  /**
   * In how many milliseconds an item may start if nothing else happens, 0 for now; with `only`, that item. Undefined if time
   * alone lets none start.
   */
  nextMs(now: number, only?: number): number | undefined;
  /** What holds back the item that would start next; undefined if nothing does, or there is none. */
  why(now: number): HoldsBack | undefined;
}

/** What holds starts back: the rate of all starts; or the limit of a key, on items at once or on its own rate. */
export type HoldsBack = "rate" | "key";

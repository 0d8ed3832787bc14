/** A place in which spans stand one after the other. */
interface Place {
  readonly number: number;
  /** Where the last of them ends. */
  end: number;
}

/**
 * Finds a place for each of some spans so that no two in one place overlap. If they come in the order of their ends, it needs no
 * more places than overlap at once, because each goes where the gap before it is smallest (Carlisle and Lloyd, On the k-coloring of
 * intervals, 1995).
 */
export class Places {
  /** Ordered by their ends. */
  readonly #places: Place[] = [];

  /** The number of a place that is free from `start` to `end`, from 0. */
  take(start: number, end: number): number {
    const places = this.#places;
    const at = this.#countUntil(start) - 1;
    const [place] = at < 0 ? [{ number: places.length, end }] : places.splice(at, 1);
    place.end = end;
    places.splice(this.#countUntil(end), 0, place);
    return place.number;
  }

  /** How many places are free from `time` on. */
  #countUntil(time: number): number {
    const places = this.#places;
    let [low, high] = [0, places.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (places[middle].end <= time) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

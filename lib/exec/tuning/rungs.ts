/** One width of a ramp, and what was measured while the run had it: mostly items that began at the width before. */
interface Rung {
  readonly places: number;
  readonly items: number;
  /** Good items in a millisecond. */
  readonly speed: number;
}

/** How long a width is kept, in milliseconds: not long as long as places are few, then with time for an answer. */
const keptMs = { few: 10, many: 50, from: 64 };

/** How long so many places are kept before they double; `itemMs`: how long their items take, Infinity while none has told. */
export function pauseMs(places: number, itemMs: number): number {
  return places < keptMs.from ? keptMs.few : Math.max(keptMs.few, Math.min(keptMs.many, itemMs));
}

/** So few items say nothing about a speed. */
const fewItems = 8;

/** What two doublings must bring. */
const worthwhile = 1.3;

/** What the steps of a ramp have brought. */
export class Rungs {
  readonly #rungs: Rung[] = [];

  add(rung: Rung): void {
    this.#rungs.push(rung);
  }

  /** Whether the last two doublings have brought little. */
  get haveStalled(): boolean {
    const [before, , last] = this.#rungs.slice(-3);
    if (last === undefined || before.items < fewItems || last.items < fewItems) return false;
    return last.speed < worthwhile * before.speed;
  }

  /** The fewest places that were about as quick as any; only if there are rungs. */
  get bestPlaces(): number {
    const best = Math.max(...this.#rungs.map(({ speed }) => speed));
    const at = this.#rungs.findIndex(({ speed }) => speed >= 0.95 * best);
    return this.#rungs[Math.max(0, at - 1)].places;
  }
}

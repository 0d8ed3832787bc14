import { type Range, RangeSet } from "../schedule/range_set.ts";
import type { Gate, HoldsBack } from "./gate.ts";
import { type RateOptions, Rates } from "./rates.ts";

/** Lets items start at the rates of the run, lowest first. */
export class RateGate implements Gate {
  readonly #rates: Rates;
  readonly #held = new RangeSet();

  constructor(options: RateOptions) {
    this.#rates = new Rates(options);
  }

  add({ first, end }: Range): void {
    this.#held.add(first, end);
  }

  take(now: number, only = this.#held.lowest): number | undefined {
    if (only === undefined || this.nextMs(now, only) !== 0) return undefined;
    this.#held.remove(only, only + 1);
    this.#rates.start(now);
    return only;
  }

  ended(): void {}

  nextMs(now: number, only = this.#held.lowest): number | undefined {
    return only !== undefined && this.#held.has(only) ? this.#rates.waitMs(now) : undefined;
  }

  why(now: number): HoldsBack | undefined {
    return (this.nextMs(now) ?? 0) > 0 ? "rate" : undefined;
  }
}

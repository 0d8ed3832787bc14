import type { ReadKey } from "./item_key.ts";
import { KeyGate } from "./key_gate.ts";
import { type Pace, Pacing } from "./pacing.ts";
import { RateGate } from "./rate_gate.ts";
import type { Rate, RateOptions } from "./rates.ts";

/** What holds starts back: rates of the run, and limits of keys. */
export interface PaceOptions extends RateOptions {
  readonly keys?: {
    readonly read: ReadKey;
    readonly perKey?: number;
    readonly perKeyRates?: readonly Rate[];
  };
}

/** The pace of one run. */
export function paceOf({ keys, ...rates }: PaceOptions): Pace {
  return keys === undefined
    ? { holdsBack: "rate", begin: (run) => new Pacing(new RateGate(rates), run) }
    : { holdsBack: "key", begin: (run) => new Pacing(new KeyGate({ ...rates, ...keys }), run, keys.read) };
}

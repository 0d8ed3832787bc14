import type { PaceOptions } from "../../../../lib/exec/pace/pace.ts";
import type { Rate } from "../../../../lib/exec/pace/rates.ts";
import type { Dice } from "./scenario.ts";

/** What holds back the starts of a world, in most worlds nothing. The key of an item is told by its length. */
export function drawPace(dice: Dice): PaceOptions | undefined {
  if (!dice.chance(0.3)) return undefined;
  const drawRates = (most: number): Rate[] =>
    Array.from({ length: dice.below(most + 1) }, () => ({ count: dice.of(1, 3, 10), ms: dice.of(4, 20, 60) }));
  const rates = drawRates(2);
  return {
    rates,
    burst: dice.of(1, 1, 4),
    delayMs: dice.of(0, 0, 7),
    keys: dice.chance(0.5) ? { read: keyOf, perKey: dice.of(undefined, 1, 2), perKeyRates: drawRates(2) } : undefined,
  };
}

export function keyOf({ length }: Uint8Array): string | undefined {
  return length % 4 === 0 ? undefined : String(length % 3);
}

import type { NoiseKind } from "./noise.ts";
import { type Method, simulate } from "./rates.ts";

/** The conditions under which the demands are tested. */
export interface Place {
  readonly noise: NoiseKind;
  /** Noise of a round: 0.01 is 1 %. */
  readonly size: number;
  readonly rounds: number;
  /** The true ratio if there is a difference. */
  readonly truth: number;
  readonly sessions: number;
  readonly comparisons: number;
}

/** What a way to measure has to guarantee with and without a true difference; returns the demands that are not met. */
export function unmet(method: Method, place: Place): string[] {
  const nothing = simulate({ ...place, method, truth: 1 });
  const something = simulate({ ...place, method });
  const differs = nothing.faster + nothing.slower;
  const where = `${place.noise}, ${place.rounds} rounds`;
  return [
    within(nothing.missed, 0.035, 0.065) ? "" : `${where}: false positives ${percent(nothing.missed)}`,
    differs <= 0.025 ? "" : `${where}: faster or slower ${percent(differs)}`,
    something.missed <= 0.065 ? "" : `${where}: coverage ${percent(1 - something.missed)}`,
  ].filter((text) => text !== "");
}

/** A share, as text in percent. */
export function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

function within(share: number, low: number, high: number): boolean {
  return share >= low && share <= high;
}

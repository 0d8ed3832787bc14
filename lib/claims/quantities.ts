import type { Ends } from "../model/interval.ts";
import type { Quantity, Unit } from "../model/quantity.ts";

/** A measured number; `interval` if it has one. */
export function quantity(value: number, unit: Unit, interval: Ends | null = null): Quantity {
  return { value, unit, interval, of: null };
}

/** So many of some. */
export function countOf(value: number, of: number | null = null): Quantity {
  return { value, unit: "count", interval: null, of };
}

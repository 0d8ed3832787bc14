import { normalQuantile } from "./normal.ts";

/**
 * The quantile `p` of Student's t with `freedom` degrees of freedom: the normal quantile, expanded as in Abramowitz and
 * Stegun (1964), 26.7.5. Within 0.2 % at p = 0.975 from 5 degrees on.
 */
export function studentQuantile(p: number, freedom: number): number {
  const z = normalQuantile(p);
  return z + (z ** 3 + z) / (4 * freedom) +
    (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * freedom ** 2) +
    (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / (384 * freedom ** 3);
}

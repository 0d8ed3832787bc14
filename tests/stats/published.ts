/**
 * Hamilton depression scale factor IV of nine patients, second visit minus first: Hollander and Wolfe (1973), table 3.1, and
 * the example of R's `wilcox.test`.
 */
export const depression = difference(
  [0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29],
  [1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30],
);

/** Heights of 15 pairs of maize, cross-fertilised minus self-fertilised, in eighths of an inch: Darwin (1876), Fisher (1935). */
export const darwin = [49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48];

/** Cloud seeding: the double ratio of rainfall by year; Hollander and Wolfe (1973), table 9.1 (Smith 1967). */
export const cloudSeeding = [1.26, 1.27, 1.12, 1.16, 1.03].map((y, i) => ({ x: i + 1, y }));

function difference(a: readonly number[], b: readonly number[]): number[] {
  return a.map((value, i) => value - b[i]);
}

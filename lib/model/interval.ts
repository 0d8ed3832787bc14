/** The ends of a 95 % interval. */
export type Ends = readonly [low: number, high: number];

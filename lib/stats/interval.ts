/** A confidence interval, or why there is none. */
export type Interval =
  | {
    readonly kind: "interval";
    readonly low: number;
    readonly high: number;
    /** How often such intervals cover the truth. */
    readonly level: number;
  }
  | TooFew;

/** There are so few values that even their whole range does not reach the level. */
export interface TooFew {
  readonly kind: "too few";
  readonly found: number;
  readonly needed: number;
}

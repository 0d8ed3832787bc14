/** When a batch left main, and when its slot had it, in milliseconds of the pool's clock. */
export interface Arrival {
  readonly sentAt: number;
  readonly takenAt: number;
}

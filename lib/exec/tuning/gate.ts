/** A run, as far as a gate can hold it. */
export interface GatedRun {
  /** Whether any item runs. */
  readonly runs: () => Promise<boolean>;
  /** From now on each thread runs at most so many items at once; 0: no other item starts. What runs goes on. */
  readonly hold: (most: number) => void;
}

/** What holds the starts of a run's items back from time to time, whatever its width is. */
export interface Gate {
  /** Before the first item. It may hold the run at once. */
  start(run: GatedRun): void;
  stop(): void;
}

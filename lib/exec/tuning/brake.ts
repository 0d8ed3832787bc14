/** What holds the starts of a run back for the sake of the machine: its load, or that little memory is free. */
export type BrakedBy = "load" | "memory";

/** A run, as far as a brake can hold it. */
export interface BrakedRun {
  /** Whether any item runs. */
  readonly runs: () => Promise<boolean>;
  /** From now on each thread runs at most so many items at once; 0: no other item starts. What runs goes on. */
  readonly hold: (most: number) => void;
}

/** What holds the starts of a run's items back from time to time, whatever its width is. */
export interface Brake {
  /** What is short now, if it holds starts back. */
  readonly why: BrakedBy | undefined;
  /** Before the first item. It may hold the run at once. */
  start(run: BrakedRun): void;
  stop(): void;
}

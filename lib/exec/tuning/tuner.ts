import type { SlotReading, Width } from "./slot_reading.ts";

/** What a tuner has found out about the items. */
export interface Finding {
  /** Time from start to end of an item, in milliseconds. */
  readonly itemMs: number;
  /** CPU time of an item, in milliseconds; undefined if Deno cannot tell. */
  readonly cpuMs?: number;
}

/** Chooses the width of a run during the run. It is told what slots report, and the time; it has no clock of its own. */
export interface Tuner {
  readonly width: Width;
  /** What has been found so far. */
  readonly finding: Finding | undefined;
  /** Whether nothing is left to try for now. */
  readonly settled: boolean;
  /** Whether an item that fails takes its place away until slots are told the width anew. */
  readonly yields: boolean;
  /** Takes a reading, at time `now` in milliseconds. Returns the new width if it changes. */
  observe(reading: SlotReading, now: number): Width | undefined;
  /** Forgets what it measures now: the run was not as wide as it had chosen. */
  interrupt(now: number): void;
  /** How often slots with running items are to report, in milliseconds. */
  readonly reportMs: number;
  /** Whether it wants to know when slots that hold items are silent. */
  readonly listens: boolean;
  /** Called from time to time while it listens and slots hold items. Returns the new width if it changes. */
  tick(now: number): Width | undefined;
}

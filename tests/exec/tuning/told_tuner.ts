import type { Tuner } from "../../../lib/exec/tuning/tuner.ts";

/** A tuner that does as it is told. */
export function toldTuner(told: Partial<Tuner>): Tuner {
  return {
    width: { threads: 1, tasks: 1 },
    finding: undefined,
    settled: false,
    yields: false,
    reportMs: 10,
    listens: false,
    observe: () => undefined,
    tick: () => undefined,
    interrupt: () => {},
    ...told,
  };
}

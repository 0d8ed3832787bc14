import type { RoundLoad } from "../bench/contention.ts";
import type { Experiment, Lab, Measured } from "./experiment.ts";

/** Runs an experiment, and reads the load of the machine from one of its steps to the next. */
export async function runExperiment<M>(
  experiment: Experiment<M>,
  lab: Omit<Lab, "step">,
  onStep: (share: number) => Promise<void>,
): Promise<Measured<M>> {
  const { clock, meter, signal } = lab;
  const loads: RoundLoad[] = [];
  const read = () => ({ ms: clock.now(), ...meter.readLoad() });
  let last: ReturnType<typeof read> | undefined;
  const step = async (share: number) => {
    const now = read();
    if (last !== undefined) {
      const elapsedMs = now.ms - last.ms;
      loads.push({ elapsedMs, busyMs: now.busyMs - last.busyMs, ownMs: now.ownMs - last.ownMs });
    }
    await onStep(share);
    signal.throwIfAborted();
    last = read();
  };
  await onStep(0);
  const found = await experiment.measure({ ...lab, step });
  return { found, loads: loads.filter(({ elapsedMs }) => elapsedMs > 0) };
}

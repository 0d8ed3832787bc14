import { loadBetween, type RoundLoad } from "../bench/contention.ts";
import type { Wait } from "../clock.ts";
import { NoWholeRound } from "../errors.ts";
import type { Experiment, Lab, Measured } from "./experiment.ts";

/** An experiment that takes so many times what it may, and not less than `minLimitMs`, is given up. */
const limitFactor = 3;
const minLimitMs = 3_000;

/** One that is to stop may take so long to leave nothing behind, in milliseconds. */
const graceMs = 1_000;

/**
 * Runs an experiment, and reads the load of the machine from one of its steps to the next. It is told to stop when it takes far
 * longer than planned, and left alone if it does not: one that hangs must not take the time of the others.
 *
 * @throws {NoWholeRound} it took too long
 */
export async function runExperiment<M>(
  experiment: Experiment<M>,
  lab: Omit<Lab, "step">,
  onStep: (share: number) => Promise<void>,
): Promise<Measured<M>> {
  const { clock, meter, budgetMs } = lab;
  const limitMs = Math.max(minLimitMs, limitFactor * budgetMs);
  const late = new AbortController();
  const limit = clock.wait(limitMs);
  limit.done.then(() => late.abort(new NoWholeRound(limitMs)));
  const signal = AbortSignal.any([lab.signal, late.signal]);
  const loads: RoundLoad[] = [];
  const read = () => ({ ms: clock.now(), ...meter.readLoad() });
  let last: ReturnType<typeof read> | undefined;
  const step = async (share: number) => {
    const now = read();
    if (last !== undefined) {
      const load = loadBetween(last, now);
      if (load !== undefined) loads.push(load);
    }
    await onStep(share);
    signal.throwIfAborted();
    last = read();
  };
  await onStep(0);
  const over = new AbortController();
  try {
    const found = await Promise.race([
      experiment.measure({ ...lab, signal, step }),
      abandoned(signal, clock, over.signal),
    ]);
    return { found, loads: loads.filter(({ elapsedMs }) => elapsedMs > 0) };
  } finally {
    limit.cancel();
    over.abort();
  }
}

/** Rejects some time after an abort; never settles if it is over before. */
function abandoned(signal: AbortSignal, clock: Lab["clock"], over: AbortSignal): Promise<never> {
  const { promise, reject } = Promise.withResolvers<never>();
  let grace: Wait | undefined;
  const begin = () => {
    grace = clock.wait(graceMs);
    grace.done.then(() => reject(signal.reason));
  };
  if (signal.aborted) begin();
  else signal.addEventListener("abort", begin);
  over.addEventListener("abort", () => {
    signal.removeEventListener("abort", begin);
    grace?.cancel();
  });
  return promise;
}

import { processMeter } from "../../lib/bench/machine_load.ts";
import type { Lab } from "../../lib/claims/experiment.ts";
import { systemClock } from "../../lib/clock.ts";
import { noPermissions, workerHost } from "../../lib/exec/host/worker_host.ts";

/** A lab on the real machine, with the time that `--quick` gives. */
export function quickLab(rest: Partial<Lab> = {}): Lab {
  return {
    clock: systemClock,
    signal: new AbortController().signal,
    effort: "quick",
    budgetMs: 500,
    rounds: 12,
    seed: 42,
    cores: { all: navigator.hardwareConcurrency, usable: navigator.hardwareConcurrency },
    threads: 2,
    tasks: 32,
    maxMemoryBytes: 512 * 2 ** 20,
    host: workerHost(noPermissions),
    meter: processMeter,
    step: () => Promise.resolve(),
    ...rest,
  };
}

/** Where claims are judged: as in the lab. */
export const place = { cores: { all: 2, usable: 2 } };

/** A lab's `step` that keeps the shares of an experiment. */
export function pushTo(shares: number[]): Lab["step"] {
  return (share) => {
    shares.push(share);
    return Promise.resolve();
  };
}

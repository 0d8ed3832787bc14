import type { Document } from "../../lib/model/document.ts";
import { seededRandom } from "../../lib/stats/random.ts";
import { saved } from "../report/exports/saved.ts";

/** What is different in a session of a made-up machine. */
export interface Session {
  readonly seed: number;
  /** Counted runs of each mode. */
  readonly rounds?: number;
  /** The deviation of a run's time, as a share. */
  readonly noise?: number;
  /** How many times as long each mode takes; 1 where it is not named. */
  readonly slower?: Readonly<Record<string, number>>;
}

/** A comparison of `@primes` as another session of the same machine would have measured it: the same times, but for noise. */
export function sessionOf({ seed, rounds = 20, noise = 0.015, slower = {} }: Session): Document<"compare"> {
  const document = saved("compare");
  const random = seededRandom(seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const modes = document.result.modes.map((mode) => {
    const [sample] = mode.samples.filter(({ round }) => round > 0);
    const samples = Array.from({ length: rounds }, (_, i) => ({
      ...sample,
      round: i + 1,
      elapsedMs: 100 * (slower[mode.mode] ?? 1) * Math.exp(noise * normal()),
    }));
    return { ...mode, samples };
  });
  return { ...document, result: { ...document.result, modes } };
}

import { shuffled } from "../../../lib/stats/random.ts";
import { type Block, pairedLogRatios } from "../../../lib/stats/ratio_estimate.ts";
import { type NoiseKind, noises } from "./noise.ts";

/** The grid's modes; serial is the baseline. */
const modes = ["serial", "tasks", "threads", "both"] as const;
const others = modes.slice(1);
type Mode = typeof modes[number];

/** One session: what is measured, and with which noise. */
export interface Session {
  readonly noise: NoiseKind;
  /** The deviation of a round's log time if the noise is normal. */
  readonly size: number;
  readonly rounds: number;
  /** How many times faster the other modes truly are than serial. */
  readonly truth: number;
  readonly random: () => number;
}

/** A way to measure and to pair: the log ratios of each of the three comparisons. */
export type Procedure = (session: Session) => number[][];

/** What lib/bench does: every mode once a round, in shuffled order; the block is the unit. */
export const shuffledRounds: Procedure = (session) => {
  const order = Array.from({ length: session.rounds }, () => shuffled(modes, session.random)).flat();
  return comparisons(measure(session, order));
};

/** A mutant: all rounds of one mode, then all rounds of the next. */
export const sequentialModes: Procedure = (session) => {
  const order = modes.flatMap((mode) => Array.from({ length: session.rounds }, () => mode));
  return comparisons(measure(session, order));
};

/** A mutant: every sample of a block is paired by itself, as if it were a round. */
export const pooledIterations: Procedure = (session) => {
  const order = Array.from({ length: session.rounds }, () => shuffled(modes, session.random)).flat();
  const blocks = measure(session, order);
  return comparisons(new Map(modes.map((mode) => [mode, (blocks.get(mode) ?? []).flat().map((time) => [time])])));
};

function comparisons(blocks: ReadonlyMap<Mode, readonly Block[]>): number[][] {
  return others.map((mode) => pairedLogRatios(blocks.get("serial") ?? [], blocks.get(mode) ?? []));
}

function measure({ noise, size, truth, random }: Session, order: readonly Mode[]): Map<Mode, Block[]> {
  const run = noises[noise](size, order.length, random);
  const blocks = new Map<Mode, Block[]>(modes.map((mode) => [mode, []]));
  for (const mode of order) {
    const faster = mode === "serial" ? 1 : truth;
    blocks.get(mode)?.push(run().map((logTime) => Math.exp(logTime) / faster));
  }
  return blocks;
}

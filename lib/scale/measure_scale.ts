import type { Clock } from "../clock.ts";
import {
  type Limit,
  type ScaleKind,
  scaleKinds,
  type ScaleResult,
  type ScaleRung,
  type ScaleStep,
} from "../model/scale.ts";
import { climbThreads, type ThreadClimb } from "./climb_threads.ts";
import { fitCosts } from "./fit.ts";
import { eachUse, forecast, memoryUse } from "./limits.ts";
import { emptyRung, parkTasks } from "./park_tasks.ts";
import { planSteps, rungsUpTo } from "./steps.ts";
import type { Use } from "./wire.ts";

/** What is to be measured. */
export interface WantedScale {
  readonly kinds: readonly ScaleKind[];
  /** The highest rung. */
  readonly upTo: number;
  /** Memory that the tasks or threads of one rung may take, in bytes; null: a quarter of what is free. */
  readonly maxBytes: number | null;
  /** Time for all, in milliseconds. */
  readonly maxMs: number;
}

/** How it is measured. */
export interface ScaleContext {
  readonly clock: Clock;
  readonly signal?: AbortSignal;
  /** Hears of each step when it begins, how much of all steps is done (0 to 1), and of a climb how many threads there are. */
  readonly onStep?: (step: ScaleStep, share: number, alive: number) => void | Promise<void>;
  /** What measures; by default, children do. */
  readonly park?: typeof parkTasks;
  readonly climb?: typeof climbThreads;
}

/** The part of the time that threads may take to start. */
const threadsPart = 1 / 3;

/** Measures all rungs, each in a process of its own. A kind that has been stopped is not tried on higher rungs. */
export async function measureScale(wanted: WantedScale, context: ScaleContext): Promise<ScaleResult> {
  const { clock, signal, onStep, park = parkTasks, climb = climbThreads } = context;
  const { kinds, upTo, maxBytes, maxMs } = wanted;
  const startMs = clock.now();
  const steps = planSteps(kinds, upTo);
  const rungs: ScaleRung[] = [];
  const limits = new Map<ScaleKind, readonly Limit[]>();
  let threads: ThreadClimb | undefined;
  for (const [done, step] of steps.entries()) {
    if (signal?.aborted) break;
    if (rungs.some(({ kind, stoppedBy }) => kind === step.kind && stoppedBy !== null)) continue;
    const share = done / steps.length;
    await onStep?.(step, share, 0);
    const leftMs = Math.max(0, startMs + maxMs - clock.now());
    if (step.kind === "thread") {
      const onAlive = (alive: number) => onStep?.(step, share, alive);
      const bounds = { maxBytes, maxMs: Math.min(leftMs, maxMs * threadsPart) };
      threads = await climb({ upTo: step.upTo, ...bounds }, { signal, onAlive });
      rungs.push(...rungsOfClimb(threads, upTo));
      limits.set("thread", threads.limits);
    } else if (leftMs === 0) rungs.push(notTried(step.kind, step.alive, maxMs));
    else {
      const measured = await park({ ...step, maxBytes, maxMs: leftMs }, { signal });
      rungs.push(measured.rung);
      limits.set(step.kind, measured.limits);
    }
  }
  const order = ({ alive, kind }: ScaleRung) => alive * scaleKinds.length + scaleKinds.indexOf(kind);
  const fits = fitCosts(rungs);
  return {
    rungs: rungs.toSorted((a, b) => order(a) - order(b)),
    fits,
    forecast: fits.flatMap(({ kind, bytesEach }) =>
      forecast(limits.get(kind) ?? [], { ...useOfOne(kind, threads), rssBytes: bytesEach }, kind)
    ),
    threadsEnd: threads?.end ?? null,
  };
}

/** What else than memory one takes. */
function useOfOne(kind: ScaleKind, threads: ThreadClimb | undefined): Use {
  const last = threads?.points.at(-1);
  if (kind === "thread" && last !== undefined) return eachUse(last.use, last.alive);
  return memoryUse(0, kind === "fetch" ? 1 : null);
}

/** The rungs of a climb: where it was measured, and the rung of the ladder that it did not reach. */
export function rungsOfClimb({ points, reached, stoppedBy, limit, said, end }: ThreadClimb, upTo: number): ScaleRung[] {
  const measured = points.map(({ alive, use, startMs }): ScaleRung => ({
    ...emptyRung({ kind: "thread", alive }),
    reached: alive,
    totalBytes: use.rssBytes,
    eachBytes: use.rssBytes / alive,
    startMs,
    endMs: alive === reached ? end?.endMs ?? null : null,
    virtualBytes: use.virtualBytes,
  }));
  if (stoppedBy === null) return measured;
  const alive = rungsUpTo(upTo).find((rung) => rung > reached) ?? upTo;
  return [...measured, { ...notTried("thread", alive, limit), reached, stoppedBy, said }];
}

/** A rung for which there was no time. */
function notTried(kind: ScaleKind, alive: number, limit: number | null): ScaleRung {
  return { ...emptyRung({ kind, alive }), stoppedBy: "max-time", limit };
}

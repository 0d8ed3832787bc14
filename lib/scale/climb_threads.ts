import type { Limit, ThreadsEnd } from "../model/scale.ts";
import { type LadderOptions, runBounded } from "./bounded_child.ts";
import { memoryUse } from "./limits.ts";
import { type WhyStopped, whyStopped } from "./stopped.ts";
import type { Bounds, ClimbReport, Stop, Use } from "./wire.ts";

/** A climb of threads that is wanted. */
export interface WantedThreads extends Bounds {
  readonly upTo: number;
}

/** What so many threads use. */
export interface ThreadPoint {
  readonly alive: number;
  readonly use: Use;
  /** Time to start them all, one after the other, in milliseconds. */
  readonly startMs: number;
}

/** A climb of threads: how far it came, and why no further. */
export interface ThreadClimb extends WhyStopped {
  readonly points: readonly ThreadPoint[];
  /** Threads that had replied. */
  readonly reached: number;
  /** From the start of each thread to its first reply, in milliseconds. */
  readonly startsMs: readonly number[];
  /** Null if the process did not live to the end of the threads. */
  readonly end: ThreadsEnd | null;
  readonly limits: readonly Limit[];
}

/**
 * Starts threads in a fresh process until there are `upTo` or a cap or a limit is met. `onAlive` hears how many there are.
 * Whatever becomes of the process is told by the result. Needs the permissions `run` and `read`.
 */
export async function climbThreads(
  wanted: WantedThreads,
  options: LadderOptions & { readonly onAlive?: (alive: number) => void | Promise<void> } = {},
): Promise<ThreadClimb> {
  const { onAlive, ...child } = options;
  let limits: readonly Limit[] = [];
  const points: ThreadPoint[] = [];
  const startsMs: number[] = [];
  let [startMs, rssBytes] = [0, 0];
  let stop: Stop | null = null;
  let over = false; // what comes now is the end of the threads
  let end: ThreadsEnd | null = null;
  const onReport = (report: ClimbReport) => {
    switch (report.kind) {
      case "limits":
        limits = report.limits;
        return;
      case "alive":
        startMs += report.startMs;
        startsMs.push(report.startMs);
        rssBytes = report.rssBytes;
        return onAlive?.(startsMs.length);
      case "point":
        points.push({ alive: report.alive, use: report.use, startMs });
        return;
      case "stopped":
        stop = report.stop;
        over = true;
        return;
      case "ended":
        end = { threads: startsMs.length, endMs: report.endMs, keptBytes: report.keptBytes };
        return;
      default:
        return report satisfies never;
    }
  };
  const childEnd = await runBounded<ClimbReport>("climb", wanted, {
    ...child,
    onReport: async (report) => void await onReport(report),
  });
  const why = whyStopped({
    kind: "thread",
    end: over ? { kind: "done" } : childEnd,
    stop,
    limits,
    use: useAtLast(points, startsMs.length, rssBytes),
    interrupted: child.signal?.aborted ?? false,
    maxMs: wanted.maxMs,
  });
  return { points, reached: startsMs.length, startsMs, end, limits, ...why };
}

/** What was used when the next thread was to start: as much for each as at the last point. */
function useAtLast(points: readonly ThreadPoint[], reached: number, rssBytes: number): Use {
  const last = points.at(-1);
  if (last === undefined) return memoryUse(rssBytes);
  const scale = (value: number | null) => value === null ? null : value * (reached + 1) / last.alive;
  const { virtualBytes, threads, maps, files } = last.use;
  return {
    rssBytes,
    virtualBytes: scale(virtualBytes),
    threads: scale(threads),
    maps: scale(maps),
    files: scale(files),
  };
}

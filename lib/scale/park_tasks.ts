import { runChild } from "../child/run_child.ts";
import type { Limit, ScaleRung, TaskKind } from "../model/scale.ts";
import { type LadderOptions, runBounded } from "./bounded_child.ts";
import { memoryUse } from "./limits.ts";
import { whyStopped } from "./stopped.ts";
import type { Bounds, ParkInput, ParkReport, Stop } from "./wire.ts";

/** A rung of parked tasks that is wanted. */
export interface WantedTasks extends Bounds {
  readonly kind: TaskKind;
  readonly alive: number;
}

/** A rung of parked tasks, and the limits that its process had. */
export interface TaskRung {
  readonly rung: ScaleRung;
  readonly limits: readonly Limit[];
}

/**
 * Parks so many tasks of a kind in a fresh process and ends them: one rung of the ladder. Whatever becomes of the process is
 * told by the rung. Needs the permissions `run` and `read`.
 */
export async function parkTasks(wanted: WantedTasks, options: LadderOptions = {}): Promise<TaskRung> {
  if (wanted.kind !== "fetch") return await parkAt(0, wanted, options);
  const { promise, resolve } = Promise.withResolvers<TaskRung>();
  const over = new AbortController();
  const signal = AbortSignal.any([over.signal, ...options.signal === undefined ? [] : [options.signal]]);
  const onReport = (port: number) => {
    parkAt(port, wanted, options).then(resolve).finally(() => over.abort());
  };
  const end = await runChild<number>("serve-parked", null, { ...options, prefix: [], signal, onReport });
  if (over.signal.aborted) return await promise;
  const why = whyStopped({
    kind: wanted.kind,
    end,
    stop: null,
    limits: [],
    use: memoryUse(0),
    interrupted: true,
    maxMs: wanted.maxMs,
  });
  return { rung: { ...emptyRung(wanted), ...why }, limits: [] };
}

async function parkAt(port: number, wanted: WantedTasks, options: LadderOptions): Promise<TaskRung> {
  const { kind, alive, maxMs } = wanted;
  let limits: readonly Limit[] = [];
  let [reached, takenBytes] = [0, 0];
  let stop: Stop | null = null;
  let rung = emptyRung(wanted);
  const onReport = (report: ParkReport) => {
    switch (report.kind) {
      case "limits":
        limits = report.limits;
        return;
      case "alive":
        ({ alive: reached, takenBytes } = report);
        return;
      case "stopped":
        stop = report.stop;
        return;
      case "parked": {
        const { totalBytes, startMs } = report;
        rung = { ...rung, totalBytes, eachBytes: totalBytes / alive, startMs };
        return;
      }
      case "ended":
        rung = { ...rung, endMs: report.endMs };
        return;
      default:
        return report satisfies never;
    }
  };
  const input: ParkInput = { ...wanted, port };
  const end = await runBounded<ParkReport>("park", input, { ...options, onReport });
  const interrupted = options.signal?.aborted ?? false;
  const use = memoryUse(takenBytes, kind === "fetch" ? alive : null);
  if (rung.totalBytes !== null) return { rung: { ...rung, reached }, limits }; // measured, even if they did not end in time
  return { rung: { ...rung, reached, ...whyStopped({ kind, end, stop, limits, use, interrupted, maxMs }) }, limits };
}

/** A rung of which nothing is known yet. */
export function emptyRung({ kind, alive }: Pick<ScaleRung, "kind" | "alive">): ScaleRung {
  return {
    kind,
    alive,
    reached: 0,
    totalBytes: null,
    eachBytes: null,
    startMs: null,
    endMs: null,
    virtualBytes: null,
    stoppedBy: null,
    limit: null,
    said: "",
  };
}

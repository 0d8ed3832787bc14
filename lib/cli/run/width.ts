import { UsageError } from "../../errors.ts";
import type { Bounds } from "../../exec/tuning/bounds.ts";
import type { RunValues } from "./command.ts";

/** What the command line says of the width of a run. */
export type WidthFlags = Pick<RunValues, "mode" | "threads" | "tasks">;

/** Maximum items at once that are chosen without being asked for: what the items wait for may not bear more. */
const places = 512;

/**
 * Which widths a run may have: one, or some to choose from while it goes on. A number that is given is kept; with `auto`
 * a given number means that nothing is chosen: the other one is 1 task, or a thread for each usable core.
 *
 * @throws {UsageError} the mode and the numbers contradict each other
 */
export function widthBounds({ mode, threads, tasks }: WidthFlags, cores: number): Bounds {
  if (threads !== undefined && threads > 1 && (mode === "serial" || mode === "tasks")) {
    throw contradiction(mode, `--threads ${threads}`, "threads");
  }
  if (tasks !== undefined && tasks > 1 && (mode === "serial" || mode === "threads")) {
    throw contradiction(mode, `--tasks ${tasks}`, "tasks");
  }
  const given = threads !== undefined || tasks !== undefined;
  const allThreads = threads ?? cores;
  switch (mode) {
    case "auto":
      return given ? fixed(allThreads, tasks ?? 1) : { threads: [1, cores], tasks: [1, places], places };
    case "serial":
      return fixed(1, 1);
    case "tasks":
      return tasks !== undefined ? fixed(1, tasks) : { threads: [1, 1], tasks: [1, places], places };
    case "threads":
      return fixed(allThreads, 1);
    case "both":
      return tasks !== undefined
        ? fixed(allThreads, tasks)
        : { threads: [allThreads, allThreads], tasks: [1, places], places };
    default:
      return mode satisfies never;
  }
}

/**
 * How many commands a run may have at once. They are processes of their own, which one thread starts: so both numbers say the
 * same. What they cost their cores is not seen from here, so by itself a run has at most two for each usable core: GNU parallel
 * and fd have one (`-j100%`).
 *
 * @throws {UsageError} the flags contradict each other, or are for jobs
 */
export function commandBounds({ mode, threads, tasks }: WidthFlags, cores: number): Bounds {
  if (threads !== undefined && tasks !== undefined) {
    throw new UsageError("with --exec, --threads and --tasks both say how many commands run at once; leave one out");
  }
  if (mode !== "auto" && mode !== "serial") {
    throw new UsageError(`--mode ${mode} is for jobs; with --exec, -j says how many commands run at once`);
  }
  const given = threads ?? tasks;
  if (mode === "serial" && given !== undefined && given > 1) {
    throw new UsageError(`--mode serial runs one command at once, found ${given}; leave one of the two flags out`);
  }
  if (mode === "serial" || given !== undefined) return fixed(1, given ?? 1);
  return { threads: [1, 1], tasks: [1, 2 * cores], places: 2 * cores };
}

function fixed(threads: number, tasks: number): Bounds {
  return { threads: [threads, threads], tasks: [tasks, tasks] };
}

/** Whether there is nothing to choose. */
export function isFixed({ threads, tasks }: Bounds): boolean {
  return threads[0] === threads[1] && tasks[0] === tasks[1];
}

function contradiction(mode: string, flag: string, noun: string): UsageError {
  return new UsageError(`--mode ${mode} has one ${noun.slice(0, -1)}, found ${flag}; leave one of the two flags out`);
}

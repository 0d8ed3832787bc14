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

import { UsageError } from "../../errors.ts";

/** What the command line says of where slots are, and what needs processes. 0: no limit. */
export interface IsolationFlags {
  readonly isolate: "auto" | "worker" | "process";
  readonly timeout: number;
  readonly memory: number;
  readonly deno: string | undefined;
}

/**
 * Where slots are. Threads start sooner and share memory, but a thread that is busy cannot be ended, and memory is counted
 * by the process: so a time limit makes processes the default, and a memory limit or a Deno of one's own needs them.
 *
 * @throws {UsageError} threads are asked for together with something that needs processes
 */
export function isolation({ isolate, timeout, memory, deno }: IsolationFlags): "worker" | "process" {
  const needed = memory > 0 ? "--memory" : deno !== undefined ? "--deno" : undefined;
  if (isolate === "worker" && needed !== undefined) {
    throw new UsageError(`${needed} needs processes; leave out --isolate=worker`);
  }
  if (isolate !== "auto") return isolate;
  return needed !== undefined || timeout > 0 ? "process" : "worker";
}

import type { PermissionKind } from "../table/command.ts";
import { choice, duration, group, type Options, program, size } from "../table/option.ts";
import { builtinKinds } from "./builtin_kinds.ts";
import { type Grants, neededKinds } from "./grant_options.ts";
import { isolation, type IsolationFlags } from "./isolation.ts";

/** Where the slots of a user's job are, and what bounds them. */
export const slotOptions = group(
  "Limits and isolation",
  {
    timeout: {
      ...duration("30s", "time limit for each item", 1),
      fallback: 0,
      shown: "no limit",
      often: true,
      more:
        "It counts from the item's start to its end. An item that exceeds it fails, and a thread that is stuck is replaced. " +
        "Each thread then has a process of its own, unless --isolate=worker.",
    },
    memory: {
      ...size("512MiB", "memory limit of each thread's process"),
      fallback: 0,
      shown: "no limit",
      more: "It counts all resident memory. The item that exceeds it fails. Each thread then has a process of its own.",
    },
    isolate: {
      ...choice(["auto", "worker", "process"], "auto", "where the threads are: in this process, or in a process each"),
      more: "A process can be killed, a thread cannot. auto takes processes if another flag needs them.",
    },
    deno: {
      ...program("run the job under your own Deno, or the one at PATH", "PATH"),
      more:
        "The job then has its npm packages and the import map of its project. Each thread then has a process of its own.",
    },
  } satisfies Options,
);

/** The permissions that slots in processes need of the program. */
export const processKinds = ["net", "run", "write"] as const satisfies readonly PermissionKind[];

/** The permissions that a job needs of the program. */
export function jobNeeds(values: Grants & IsolationFlags, job: string): readonly PermissionKind[] {
  const ofProcesses = isolation(values) === "process" ? processKinds : [];
  return ["env", "sys", ...ofProcesses, ...neededKinds(values), ...builtinKinds(job)];
}

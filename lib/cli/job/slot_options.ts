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
        "It counts from the item's start to its end. An item that passes it fails, and a slot that is stuck is replaced. " +
        "Slots are processes then, unless --isolate=worker.",
    },
    memory: {
      ...size("512MiB", "memory limit of each slot's process"),
      fallback: 0,
      shown: "no limit",
      more: "It counts all resident memory. The item that passes it fails. Slots are processes then.",
    },
    isolate: {
      ...choice(["auto", "worker", "process"], "auto", "where slots are: threads of this process, or processes"),
      more: "A process can be killed, a thread cannot. With auto, slots are processes where another flag needs that.",
    },
    deno: {
      ...program("run the job under your own Deno, or the one at PATH", "PATH"),
      more: "The job then has its npm packages and the import map of its project. Slots are processes then.",
    },
  } satisfies Options,
);

/** The permissions that a job needs of the program. */
export function jobNeeds(values: Grants & IsolationFlags, job: string): readonly PermissionKind[] {
  const ofProcesses = isolation(values) === "process" ? ["net", "run", "write"] as const : [];
  return ["env", "sys", ...ofProcesses, ...neededKinds(values), ...builtinKinds(job)];
}

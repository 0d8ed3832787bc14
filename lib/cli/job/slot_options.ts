import type { PermissionKind } from "../table/command.ts";
import { choice, duration, type Options, program, size } from "../table/option.ts";
import { builtinKinds } from "./builtin_kinds.ts";
import { type Grants, neededKinds } from "./grant_options.ts";
import { isolation, type IsolationFlags } from "./isolation.ts";

/** Where the slots of a user's job are, and what bounds them. */
export const slotOptions = {
  timeout: { ...duration("30s", "longest time from an item's start to its end", 1), fallback: 0, shown: "no limit" },
  memory: {
    ...size("512MiB", "most memory of a slot's process; the item that passes it fails"),
    fallback: 0,
    shown: "no limit",
  },
  isolate: choice(
    ["auto", "worker", "process"],
    "auto",
    "slots are threads of this process, or processes that can be killed; auto: processes where a flag needs them",
  ),
  deno: program("run the job under your own Deno, or the one at PATH, with its npm packages and import map", "PATH"),
} satisfies Options;

/** The permissions that a job needs of the program. */
export function jobNeeds(values: Grants & IsolationFlags, job: string): readonly PermissionKind[] {
  const ofProcesses = isolation(values) === "process" ? ["net", "run", "write"] as const : [];
  return ["env", "sys", ...ofProcesses, ...neededKinds(values), ...builtinKinds(job)];
}

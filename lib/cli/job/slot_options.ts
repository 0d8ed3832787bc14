import { UsageError } from "../../errors.ts";
import type { FailureLimit } from "../../model/failure_limit.ts";
import type { PermissionKind } from "../table/command.ts";
import {
  choice,
  duration,
  file,
  group,
  often,
  type Option,
  optional,
  type Options,
  size,
  type Values,
} from "../table/option.ts";
import { parseCount, parseRate, rateText } from "../table/units.ts";
import { builtinKinds } from "./builtin_kinds.ts";
import { type Grants, neededKinds } from "./grant_options.ts";

/** How wide a run can be: its threads, and the items that each runs at once. */
export const maxWidth = { threads: 1024, tasks: 100_000 } as const;

/** A program: "" is the one of a well-known name on the PATH, another text the one at that path. */
export function program(help: string, placeholder: string): Option<string | undefined> {
  return { ...file(help, placeholder), kind: "attached", read: (texts) => texts.at(-1) };
}

/** The program that runs a job's slots: our own Deno, a Node or Bun of the PATH, or the one at a path. */
export type RuntimeChoice = "deno" | "node" | "bun" | { readonly name: "node" | "bun"; readonly program: string };

/** Where a job runs, written `deno`, `node` or `node=PATH`. */
export function runtime(help: string): Option<RuntimeChoice> {
  const words = ["deno", "node", "bun"] as const;
  const name = { shape: { type: "choice", words: ["node", "bun"] }, about: "what it is" } as const;
  const program = { shape: { type: "string" }, about: "its path" } as const;
  const refused = "expected deno, node or bun, or a path after the last two: node=/usr/bin/node";
  return {
    kind: "value",
    fallback: "deno",
    help,
    placeholder: "deno|node|bun[=PATH]",
    shown: "deno",
    shape: { type: "either", shapes: [{ type: "choice", words }, { type: "object", fields: { name, program } }] },
    flagOnly: "file",
    suggested: words,
    read(texts) {
      const given = texts.at(-1) ?? "";
      if (/^deno=/.test(given)) return { refused: "a Deno of your own is named by --deno: --deno=PATH" };
      const [, name, program] = /^(node|bun)=(.+)$/s.exec(given) ?? [];
      if (name === "node" || name === "bun") return { name, program };
      return words.find((word) => word === given) ?? { refused };
    },
    write: (value) => [runtimeText(value)],
  };
}

/** As it is written in a command line. */
export function runtimeText(value: RuntimeChoice): string {
  return typeof value === "string" ? value : `${value.name}=${value.program}`;
}

/** A share in whole percent, which is its value; more than 100 is more than there is. */
export function percent(like: string, help: string): Option<number> {
  return {
    kind: "value",
    read: (texts) => {
      const [, digits] = /^(\d+)%$/.exec(texts.at(-1) ?? "") ?? [];
      const value = Number(digits);
      return value >= 1 && value <= 1000
        ? value
        : { refused: `expected a whole number of percent, from 1% to 1000%, like ${like}` };
    },
    write: (value) => [`${value}%`],
    fallback: NaN,
    help,
    placeholder: "PERCENT",
    shape: { type: "integer", min: 1, max: 1000 },
  };
}

/** At most `count` starts in any `ms` milliseconds, written like `60/min`. */
export function rate(help: string): Option<{ readonly count: number; readonly ms: number }> {
  const integer = { type: "integer", min: 1, max: Number.MAX_SAFE_INTEGER } as const;
  const refused = "expected a number of items and a unit of time (s, min, h or d), like 60/min";
  return {
    kind: "value",
    fallback: { count: 1, ms: 1 },
    help,
    placeholder: "RATE",
    shape: {
      type: "object",
      fields: {
        count: { shape: integer, about: "items that may start" },
        ms: { shape: { ...integer, min: 1_000 }, about: "in any so many milliseconds" },
      },
    },
    read: (texts) => parseRate(texts.at(-1) ?? "") ?? { refused },
    write: (value) => [rateText(value)],
  };
}

/** The field that is an item's key, as it was written: pace.ts reads it. */
export function field(help: string): Option<string | undefined> {
  return { ...file(help, "FIELD"), flagOnly: undefined, read: (texts) => texts.at(-1) };
}

/** Some names, with commas between. */
export function names(help: string, shown: string): Option<readonly string[]> {
  return {
    kind: "value",
    fallback: [],
    help,
    placeholder: "NAME,...",
    shown,
    shape: { type: "list", of: { type: "string" } },
    read(texts) {
      const all = texts.flatMap((text) => text.split(","));
      return all.includes("") ? { refused: "expected a name, or several with one comma between" } : all;
    },
    write: (all) => all.length === 0 ? [] : [all.join(",")],
  };
}

/** A number of items, or a share of those that have ended. */
export function failureLimit(help: string): Option<FailureLimit | undefined> {
  const percent = { shape: { type: "number", min: 0, max: 100 }, about: "percent of those that have ended" } as const;
  const items = { type: "integer", min: 0, max: Number.MAX_SAFE_INTEGER } as const;
  return {
    kind: "value",
    fallback: undefined,
    help,
    placeholder: "N|P%",
    shown: "no limit",
    shape: { type: "either", shapes: [items, { type: "object", fields: { percent } }] },
    read(texts) {
      const [, share, count] = /^(?:(\d+(?:\.\d+)?(?:e-?\d+)?)%|(.+))$/.exec(texts.at(-1) ?? "") ?? [];
      if (share !== undefined && Number(share) <= 100) return { percent: Number(share) };
      return parseCount(count ?? "") ?? { refused: "expected a whole number, like 100, or a share, like 5%" };
    },
    write: (limit) => [typeof limit === "number" ? String(limit) : `${limit.percent}%`],
  };
}

/** Where the slots of a user's job are, and what bounds them. */
export const slotOptions = group(
  "Limits and isolation",
  {
    timeout: {
      ...often(optional(duration("30s", "time limit for each item", 1), "no limit")),
      protects: true,
      more:
        "It counts from the item's start to its end. An item that exceeds it fails, and a thread that is stuck is replaced. " +
        "Each thread then has a process of its own, unless --isolate=worker.",
    },
    memory: {
      ...optional(size("512MiB", "memory limit of each thread's process"), "no limit"),
      protects: true,
      more: "It counts all resident memory. The item that exceeds it fails. Each thread then has a process of its own.",
    },
    isolate: {
      ...choice(["auto", "worker", "process"], "auto", "where the threads are: in this process, or in a process each"),
      protects: true,
      more: "A process can be killed, a thread cannot. auto takes processes if another flag needs them.",
    },
    runtime: {
      ...runtime("run the job in Deno, Node or Bun"),
      more:
        "Node and Bun are those of your PATH, or at PATH; their own way to deny permissions is less exact than Deno's " +
        "(see: tandem help runtimes). Each thread then has a process of its own.",
    },
    deno: {
      ...program("run the job under your own Deno, or the one at PATH", "PATH"),
      more:
        "The job then has its npm packages and the import map of its project. Each thread then has a process of its own.",
    },
  } satisfies Options,
);

/** What the command line says of where slots are, and what needs processes. */
export type SlotValues = Values<typeof slotOptions>;

/**
 * Where slots are. Threads start sooner and share memory, but a thread that is busy cannot be ended, and memory is counted
 * by the process: so a time limit makes processes the default, and a memory limit or a Deno of one's own needs them. A program
 * that a job starts has the stdin and stdout of its process, which are the items and the results in this one.
 *
 * @throws {UsageError} threads are asked for together with something that needs processes
 */
export function isolation(
  { isolate, timeout, memory, deno, runtime, allowRun, allowAll }: SlotValues & Pick<Grants, "allowRun" | "allowAll">,
): "worker" | "process" {
  const needing = {
    "--memory": memory !== undefined,
    "--deno": deno !== undefined,
    "--runtime": runtime !== "deno",
    "--allow-all": allowAll,
    "--allow-run": allowRun !== false,
  };
  const needed = Object.entries(needing).find(([, needs]) => needs)?.[0];
  if (isolate === "worker" && needed !== undefined) {
    throw new UsageError(`${needed} needs processes; leave out --isolate=worker`);
  }
  if (deno !== undefined && runtime !== "deno") {
    throw new UsageError(
      `--deno runs the job under your Deno, --runtime ${runtimeText(runtime)} does not; leave out one of them`,
    );
  }
  if (isolate !== "auto") return isolate;
  return needed !== undefined || timeout !== undefined ? "process" : "worker";
}

/** Whether another program than ours loads the job. */
export function isForeign({ deno, runtime }: Pick<SlotValues, "deno" | "runtime">): boolean {
  return deno !== undefined || runtime !== "deno";
}

/** The permissions that slots in processes need of the program. */
export const processKinds = ["net", "run", "write"] as const satisfies readonly PermissionKind[];

/** The permissions that a job needs of the program. */
export function jobNeeds(values: Grants & SlotValues, job: string): readonly PermissionKind[] {
  const ofProcesses = isolation(values) === "process" ? processKinds : [];
  return ["env", ...ofProcesses, ...neededKinds(values), ...builtinKinds(job)];
}

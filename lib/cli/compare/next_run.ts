import type { Cell } from "../../model/grid.ts";
import type { CompareValues } from "./command.ts";
import { grantOptions } from "../job/grant_options.ts";
import { slotOptions } from "../job/slot_options.ts";
import { runOptions } from "../run/command.ts";
import { quoted, shellLine } from "../terminal/command_line.ts";
import { formatArguments } from "../table/parse.ts";

/** Flags about the lines of --items alone. */
const aboutLines = ["input", "header", "null", "maxLine"];

/** The flags that `run` takes over. */
const shared = [...aboutLines, ...Object.keys(slotOptions), ...Object.keys(grantOptions)];

/** What decompresses a file, by how its name ends. */
const unpacks = [[".gz", "gzip"], [".zst", "zstd"]] as const;

/**
 * The command line that runs the job in a cell, with what was given to compare; `savePlan` only if that file was written.
 * `rest`: the first item that has not run, and its line, where none may run twice.
 */
export function nextRun(
  job: string,
  { threads, tasks }: Pick<Cell, "threads" | "tasks">,
  given: Partial<CompareValues>,
  rest?: { readonly bytes: Uint8Array; readonly line: number },
): string {
  const { items, count, savePlan } = given;
  const width = savePlan === undefined ? { threads, tasks } : { plan: savePlan };
  const takesOver = (key: string) => shared.includes(key) && (!aboutLines.includes(key) || items !== undefined);
  const kept = Object.fromEntries(Object.entries(given).filter(([key]) => takesOver(key)));
  const line = (files: readonly string[] = [], redirections = "") =>
    shellLine(
      ["tandem", "run", ...formatArguments(runOptions, { ...kept, ...width }, [job, ...files])],
      redirections,
    );
  const file = items === undefined || items === "-" ? "items.ndjson" : items;
  if (count !== undefined) {
    return `seq ${rest === undefined ? 0 : new TextDecoder().decode(rest.bytes)} ${count - 1} | ${line()}`;
  }
  const isBuiltin = job.startsWith("@");
  if (rest !== undefined && (items !== undefined || !isBuiltin)) {
    const end = file.startsWith("-") ? ["--"] : [];
    const tail = ["tail", ...given.null ? ["-z"] : [], "-n", `+${rest.line}`];
    const unpack = unpacks.find(([suffix]) => file.endsWith(suffix))?.[1];
    if (unpack !== undefined) return `${shellLine([unpack, "-dc", ...end, file])} | ${shellLine(tail)} | ${line()}`;
    return `${shellLine([...tail, ...end, file])} | ${line()}`;
  }
  if (!isBuiltin) return line([], `< ${quoted(file)}`);
  return items === undefined ? line() : line([file]); // a built-in job has items of its own, and reads no stdin
}

import type { Cell } from "../../model/grid.ts";
import { type ItemFlags, lineOf } from "./compare_items.ts";
import type { IsolationFlags } from "../job/isolation.ts";
import { exportPath } from "../terminal/export_file.ts";
import { quoted } from "../terminal/command_line.ts";

/**
 * The command line that runs the job in a cell, with what `args`, the program's, grant it. `rest`: the first item that has not
 * run, where none may run twice.
 */
export function nextRun(
  job: string,
  { threads, tasks }: Pick<Cell, "threads" | "tasks">,
  { items, count, input, isolate, timeout, memory, savePlan }: ItemFlags & IsolationFlags & {
    readonly savePlan?: string;
  },
  args: readonly string[],
  rest?: Uint8Array,
): string {
  const kept = args.filter((arg) => /^--(allow-|deno(=|$))/.test(arg));
  const bounds = [
    ...(input === "lines" ? ["--input=lines"] : []),
    ...(isolate === "auto" ? [] : [`--isolate=${isolate}`]),
    ...(timeout > 0 ? [`--timeout=${timeout}ms`] : []),
    ...(memory > 0 ? [`--memory=${memory}b`] : []),
  ];
  const planFile = savePlan === undefined || exportPath(savePlan) === "-" ? undefined : savePlan;
  const width = planFile === undefined ? ["--threads", `${threads}`, "--tasks", `${tasks}`] : ["--plan", planFile];
  const words = ["tandem", "run", job, ...width, ...bounds, ...kept];
  const line = words.map(quoted).join(" ");
  const file = items === undefined || items === "-" ? "items.ndjson" : quoted(items);
  if (count > 0) return `seq ${rest === undefined ? 0 : new TextDecoder().decode(rest)} ${count - 1} | ${line}`;
  if (rest !== undefined && items !== undefined) return `tail -n +${lineOf(rest)} ${file} | ${line}`;
  if (!job.startsWith("@")) return `${line} < ${file}`;
  return items === undefined ? line : `${line} ${file}`; // a built-in job has items of its own, and reads no stdin
}

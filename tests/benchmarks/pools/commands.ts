import { fileURLToPath } from "node:url";
import config from "../../../deno.json" with { type: "json" };
import { type Library, programs, root, underNode } from "./tools.ts";
import { threads, type Workload } from "./workloads.ts";

/** A workload's lines in a file, as many as one contender gets. */
export interface Input {
  readonly workload: Workload;
  readonly file: string;
  readonly items: number;
  readonly bytes: number;
}

/** A program with its arguments. */
export type CommandLine = readonly [program: string, ...args: string[]];

/** How an input is worked through: a whole command that writes results, a line each, to stdout. */
export type Build = (input: Input) => CommandLine;

const deno = Deno.execPath();

/** What our programs may do: third-party pools want to know the environment and the machine. */
const permissions = ["--no-prompt", "--frozen", "--cached-only", "--allow-read", "--allow-env", "--allow-sys"];

function denoProgram(name: string): CommandLine {
  return [deno, "run", ...permissions, fileURLToPath(new URL(name, programs))];
}

function jobOf({ job }: Workload): URL {
  return new URL(`tests/benchmarks/jobs/${job}`, root);
}

function tandem(program: CommandLine): Build {
  return ({ workload, file }) => {
    const grid = ["--threads", `${threads}`, "--tasks", `${workload.tasks}`];
    return [...program, "run", fileURLToPath(jobOf(workload)), file, ...grid];
  };
}

/** The task `start` without the installation before it: what a user of the sources runs. */
export function fromSource(): Build {
  const [, ...args] = config.tasks.start.command.split("&& ")[1].split(" ");
  return tandem([deno, ...args]);
}

export function fromExecutable(): Build {
  return tandem([fileURLToPath(new URL("dist/tandem", root))]);
}

/** The hand-written pool: `underWay` messages in each of `count` workers. */
export function handWritten(count: number, underWay: (workload: Workload) => number): Build {
  return ({ workload, file }) => {
    const size = [`${count}`, `${underWay(workload)}`];
    return [...denoProgram("hand_written.js"), jobOf(workload).href, file, ...size];
  };
}

/** A pool from npm in a program of ours; `size` is what that takes after the file. */
export function fromNpm(
  [runtime, library]: readonly ["deno" | "node", Library],
  name: string,
  size: (workload: Workload) => readonly number[],
): Build {
  const program: CommandLine = runtime === "deno"
    ? [...denoProgram(name), library]
    : ["node", fileURLToPath(new URL(name, programs)), underNode(library)];
  return ({ workload, file }) => [...program, jobOf(workload).href, file, ...size(workload).map(String)];
}

/** GNU parallel: blocks of whole lines through a filter, results in the blocks' order. */
export const parallel: Build = ({ workload, file, items, bytes }) => {
  const line = items === 0 ? 0 : bytes / items;
  const block = Math.ceil(bytes / workload.pieces + 2 * line) || 1; // so that what the cuts leave makes no block more
  const script = 'file=$1 && shift && exec parallel "$@" < "$file"';
  const flags = ["--pipe", "--keep-order", "--quote", "--jobs", `${threads}`, "--block", `${block}`];
  const filter = [...denoProgram("filter.js"), jobOf(workload).href, `${workload.tasks}`];
  return ["sh", "-c", script, "sh", file, ...flags, ...filter];
};

/** xargs: each process gets its share of the lines as arguments; their results come as they come. */
export const xargs: Build = ({ workload, file, items }) => {
  const share = Math.ceil(items / workload.pieces) || 1;
  const flags = ["--no-run-if-empty", "--arg-file", file, "--delimiter", "\\n", "--max-procs", `${threads}`];
  const limits = ["--max-args", `${share}`, "--max-chars", "800000"]; // its own limit is 128 KiB
  return ["xargs", ...flags, ...limits, ...denoProgram("arguments.js"), jobOf(workload).href, `${workload.tasks}`];
};

/** No pool at all, see programs/plain.js. */
export const plain: Build = ({ workload, file }) => {
  const slots = threads * workload.tasks;
  return [...denoProgram("plain.js"), jobOf(workload).href, file, `${workload.tasks}`, `${slots}`];
};

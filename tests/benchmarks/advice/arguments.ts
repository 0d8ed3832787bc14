import { parseArgs } from "@std/cli";
import { builtinJobs } from "../../../lib/jobs/builtin.ts";

/** What the command line asks for. */
export interface Arguments {
  readonly repeats: number;
  readonly maxTime: string;
  readonly seed: number;
  readonly jobs: readonly string[];
  readonly busy: boolean;
}

const names = Object.keys(builtinJobs);

export const usage = `Usage: deno task bench:advice [OPTION...]

  --repeats N        comparisons of each job (10)
  --max-time TIME    of each comparison (8s)
  --jobs A,B         built-in jobs: ${names.join(", ")}
  --seed N           order of the jobs, and of the runs in each comparison (1)
  --busy             keep a core busy meanwhile: what is said of modes with several threads?`;

/** Reads the command line; a text says what is wrong with it. */
export function readArguments(args: readonly string[]): Arguments | string {
  const unknown: string[] = [];
  const given = parseArgs(args, {
    string: ["repeats", "max-time", "jobs", "seed", "_"],
    boolean: ["busy"],
    unknown: (arg) => (unknown.push(arg), false),
  });
  if (unknown.length > 0) return `${unknown.join(" ")}: not known here`;
  const repeats = Number(given.repeats ?? 10);
  const seed = Number(given.seed ?? 1);
  if (!Number.isSafeInteger(repeats) || repeats < 1) {
    return `--repeats ${given.repeats}: expected a whole number from 1`;
  }
  if (!Number.isSafeInteger(seed) || seed < 0) return `--seed ${given.seed}: expected a whole number`;
  const jobs = given.jobs === undefined ? names : String(given.jobs).split(",").map((name) => name.replace(/^@/, ""));
  const strange = jobs.filter((name) => !names.includes(name));
  if (strange.length > 0) return `--jobs ${strange.join(",")}: expected ${names.join(", ")}`;
  return { repeats, seed, jobs, maxTime: String(given["max-time"] ?? "8s"), busy: given.busy === true };
}

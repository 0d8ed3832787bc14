import { parseArgs } from "@std/cli";
import { baseline, type Contender, contenders } from "./contenders.ts";
import { type Workload, workloads } from "./workloads.ts";

/** What the command line asks for. */
export interface Arguments {
  readonly rounds: number;
  readonly scale: number;
  readonly seed: number;
  readonly workloads: readonly Workload[];
  readonly contenders: readonly Contender[];
}

export const usage = `Usage: deno task bench [OPTION...]

  --rounds N             rounds of each workload (5)
  --scale X              share of the items, above 0 and up to 1 (1); 0.01 shows that everything runs
  --seed N               order of the rounds (1)
  --only ID,...          workloads: ${ids(workloads)}
  --contenders ID,...    who takes part beside ${baseline}: ${ids(contenders)}`;

/** Reads the command line; a text says what is wrong with it. */
export function readArguments(args: readonly string[]): Arguments | string {
  const unknown: string[] = [];
  const given = parseArgs(args, {
    string: ["rounds", "scale", "seed", "only", "contenders", "_"],
    unknown: (arg) => (unknown.push(arg), false),
  });
  if (unknown.length > 0) return `${unknown.join(" ")}: not known here`;
  const rounds = Number(given.rounds ?? 5);
  const scale = Number(given.scale ?? 1);
  const seed = Number(given.seed ?? 1);
  if (!Number.isSafeInteger(rounds) || rounds < 1) return `--rounds ${given.rounds}: expected a whole number from 1`;
  if (!(scale > 0 && scale <= 1)) return `--scale ${given.scale}: expected a number above 0, at most 1`;
  if (!Number.isSafeInteger(seed)) return `--seed ${given.seed}: expected a whole number`;
  const only = pick("--only", workloads, given.only);
  const chosen = pick("--contenders", contenders, given.contenders, baseline);
  if (typeof only === "string") return only;
  return typeof chosen === "string" ? chosen : { rounds, scale, seed, workloads: only, contenders: chosen };
}

/** Those whose ids are listed, and the one that always takes part; all if there is no list. */
function pick<T extends { readonly id: string }>(
  flag: string,
  all: readonly T[],
  list: unknown,
  always?: string,
): readonly T[] | string {
  if (list === undefined) return all;
  const wanted = String(list).split(",");
  const strange = wanted.filter((id) => !all.some((one) => one.id === id));
  if (strange.length > 0) return `${flag} ${strange.join(",")}: expected ${ids(all)}`;
  return all.filter(({ id }) => wanted.includes(id) || id === always);
}

function ids(all: readonly { readonly id: string }[]): string {
  return all.map(({ id }) => id).join(", ");
}

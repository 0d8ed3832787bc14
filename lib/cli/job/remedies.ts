import type { ErrorCode, TandemError } from "../../errors.ts";
import type { Remedies } from "../../exec/wire/remedies.ts";
import { flagName } from "../table/option.ts";
import { grantFlags, grantKinds } from "./grant_options.ts";

/**
 * What to do about a failure, in words of this program's flags: what is below the cli says what happened, and knows no flags.
 * `about` is what the error names.
 */
const remedies: Readonly<Partial<Record<ErrorCode, (about: string) => string | Promise<string>>>> = {
  "outputs-differ": () =>
    "if this is expected (a clock, random numbers, a network), compare only the speed: --outputs=ignore",
  "too-few-items": () => "give more items or fewer --rounds, or let items run more than once: leave out --once",
  "item-failed": () => "every item has to succeed to be compared: fix the job, or remove the item",
  "thread-lost": () => "a job that ends its thread cannot be compared",
  "too-many-threads": () => "use fewer --threads, or raise the limits: ulimit -n (open files), ulimit -u (processes)",
  "program-missing": () => "install Deno, or give its path: --deno=PATH",
  "no-round": (needed) => needed === "" ? "give more time (--max-time)" : `give more time: --max-time ${needed}`,
  permissions: () => "check the --allow-* flags",
  "foreign-import": () =>
    "a job can import relative paths and node: modules; with --deno also the packages that its package.json names, what " +
    '"imports" in its deno.json names (an alias too: paths of tsconfig.json do not count), and what is in your own Deno\'s cache ' +
    "(deno cache JOB fills it; https: and jsr: modules need --allow-all, too)",
  "no-react": () => jsxRemedy,
  "memory-too-small": () => "raise --memory",
  "not-denied": () => "grant them whole, as with --allow-net, or all with --allow-all; or use a newer version",
  "journal-missing": () => "to create one: --journal",
  "journal-not-begun": () => "resume it: --resume",
  "journal-unfinished": () => "resume it first: --resume",
  "journal-differs": (setting) => `give the same flags, see --${flagName(setting)}, or name a new journal`,
  "journal-not-written": async (name) => `then resume: ${await resume(name)}`,
};

const jsxRemedy =
  "JSX without React needs compilerOptions.jsx in the deno.json of the job's project, which --deno uses; or import React";

async function resume(journal: string): Promise<string> {
  const { flagWords } = await import("../terminal/command_line.ts");
  return flagWords("--resume", journal);
}

/** The error's message, and what to do about it. */
export async function messageWithRemedy({ code, message, about }: TandemError): Promise<string> {
  const remedy = await remedies[code]?.(about);
  return remedy === undefined ? message : `${message}; ${remedy}`;
}

/** What to do about an item's error, in this program's flags. `separator` is that of its records. */
export function itemRemedies(separator: "\n" | "\0"): Remedies {
  return {
    "line-too-long": "raise --max-line",
    "not-json": "for plain text: --input lines, for CSV: --input csv",
    "result-too-long": "raise --max-result",
    "result-not-utf8": "give --output json",
    "result-has-separator": separator === "\n" ? "give --output json, or --null" : "give --output json",
    denied: {
      verb: "add",
      kinds: Object.fromEntries(grantFlags.map((flag) => [grantKinds[flag].kind, `--${flagName(flag)}`])),
      all: "--allow-all",
      takesNames: true,
    },
    react: jsxRemedy,
    retryMax: "--retry-max",
  };
}

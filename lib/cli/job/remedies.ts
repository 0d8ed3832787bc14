import type { ErrorCode, TandemError } from "../../errors.ts";
import type { Remedies } from "../../exec/wire/remedies.ts";
import { flagName } from "../table/option.ts";
import { grantFlags, grantKinds } from "./grant_options.ts";

/**
 * What to do about a failure, in words of this program's flags: what is below the cli says what happened, and knows no flags.
 * `about` is what the error names.
 */
const remedies: Readonly<Partial<Record<ErrorCode, (about: string) => string>>> = {
  "outputs-differ": () =>
    "if this is expected (a clock, random numbers, a network), compare only the speed: --outputs=ignore",
  "too-few-items": () => "give more items or fewer --rounds, or let items run more than once: leave out --once",
  "item-failed": () => "every item has to succeed to be compared: fix the job, or remove the item",
  "thread-lost": () => "a job that ends its thread cannot be compared",
  "no-round": () => "give more time (--max-time), or fewer items",
  permissions: () => "check the --allow-* flags",
  "foreign-import": () =>
    "a job can import relative paths and node: modules, and with --deno what is in your own Deno's cache (deno cache JOB fills it)",
  "memory-too-small": () => "raise --memory",
  "journal-missing": () => "to create one: --journal",
  "journal-not-begun": () => "resume it: --resume",
  "journal-exists": (name) =>
    `to resume its run: --resume ${name}; to start over, choose another name or remove the file`,
  "journal-unfinished": () => "resume it first: --resume",
  "journal-differs": (setting) => `give the same flags, see --${flagName(setting)}`,
  "journal-not-written": (name) => `then resume: --resume ${name}`,
};

/** The error's message, and what to do about it. */
export function messageWithRemedy({ code, message, about }: TandemError): string {
  const remedy = remedies[code]?.(about);
  return remedy === undefined ? message : `${message}; ${remedy}`;
}

/** What to do about an item's error, in this program's flags. `separator` is that of its records. */
export function itemRemedies(separator: "\n" | "\0"): Remedies {
  return {
    "line-too-long": "raise --max-line",
    "not-json": "for plain text: --input lines",
    "result-too-long": "raise --max-result",
    "result-has-separator": separator === "\n" ? "give --output json, or --null" : "give --output json",
    denied: {
      verb: "add",
      kinds: Object.fromEntries(grantFlags.map((flag) => [grantKinds[flag].kind, `--${flagName(flag)}`])),
      all: "--allow-all",
      takesNames: true,
    },
  };
}

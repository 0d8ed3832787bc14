import { exec, textIncludes, textSlice } from "../../natives.ts";
import type { Denial } from "./runtime.ts";
import type { DeniedRemedy } from "../wire/remedies.ts";

/** What is said instead of the text that a pattern finds. */
type Say = (parts: RegExpExecArray, remedy: DeniedRemedy) => string;

/** How Deno words a denial, under `deno run` and in an executable, and what is said instead. */
const wordings: readonly { readonly pattern: RegExp; readonly say: Say }[] = [
  {
    // Greedy up to the last quote: a path may have quotes in it. `<TMP>` and its like stand for paths that Deno hides.
    pattern:
      /Requires (\w+) access(?: to (?:"([^]*)"|(<\w+>)))?, (?:run again with the --allow-\w+ flag|specify the required permissions during compilation using `deno compile --allow-\w+`)/,
    say: (parts, remedy) => needs(remedy, parts[1], parts[2], parts[3]),
  },
  // node:dns, and so node:http, hide a denial behind a code of the system.
  { pattern: /getaddrinfo EPERM (\S+)/, say: (parts, remedy) => needs(remedy, "net", parts[1]) },
  // Symbolic links, and programs that are given LD_PRELOAD.
  {
    pattern: /[Rr]equires(?: unscoped)? --allow-(\w+)(?: and --allow-(\w+))? permissions/,
    say: (parts, remedy) => {
      const first = grantOf(parts[1], remedy);
      return `needs ${parts[2] === undefined ? first : `${first} and ${grantOf(parts[2], remedy)}`} without a list`;
    },
  },
  {
    pattern: /Can't escalate parent thread permissions/,
    say: (_, { verb, all }) => `needs more permissions for a Worker of its own than it has: ${verb} ${all}`,
  },
];

/**
 * What a job was denied, and what grants it, in place of Deno's words about its own flags. Takes the message of an error, or a
 * text around it, which stays. Undefined if it does not report a denial.
 */
export function explainDenied(message: string, remedy: DeniedRemedy): string | undefined {
  for (let i = 0; i < wordings.length; i++) {
    const found = exec(wordings[i].pattern, message);
    if (found === null) continue;
    const end = found.index + found[0].length;
    return textSlice(message, 0, found.index) + wordings[i].say(found, remedy) + textSlice(message, end);
  }
  return undefined;
}

/** The same of what is known without Deno's words. */
export function deniedText({ kind, name }: Denial, remedy: DeniedRemedy): string {
  return needs(remedy, kind, name);
}

function needs(remedy: DeniedRemedy, kind: string, name?: string, hidden?: string): string {
  const what = name === undefined ? hidden : `"${name}"`;
  return `needs ${kind} access${what === undefined ? "" : ` to ${what}`}: ${remedy.verb} ${
    narrowed(kind, name, remedy)
  }`;
}

/** What grants all of a kind. */
function grantOf(kind: string, { kinds, all }: DeniedRemedy): string {
  return kinds[kind] ?? all;
}

/** What grants one name of a kind, and all of the kind. */
function narrowed(kind: string, name: string | undefined, remedy: DeniedRemedy): string {
  const whole = grantOf(kind, remedy);
  if (name === undefined || !remedy.takesNames || whole === remedy.all) return whole;
  const argument = shellWord(`${whole}=${name}`);
  return argument === undefined || textIncludes(name, ",") ? whole : `${argument} (or ${whole})`; // a comma ends a name
}

/** A text as one word of a command line; undefined if no quotes do in every shell. */
function shellWord(text: string): string | undefined {
  if (exec(/^[\w@%+=:./\\-]+$/, text) !== null) return text;
  // deno-lint-ignore no-control-regex -- a line break in a path must not end the command
  return exec(/["$`!\x00-\x1f\x7f]/, text) !== null ? undefined : `"${text}"`;
}

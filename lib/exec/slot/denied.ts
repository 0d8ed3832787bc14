import { exec, textIncludes, textSlice } from "../../natives.ts";

/** What is said instead of the text that a pattern finds. */
type Say = (parts: RegExpExecArray) => string;

/** How Deno words a denial, under `deno run` and in an executable, and what is said instead. */
const wordings: readonly { readonly pattern: RegExp; readonly say: Say }[] = [
  {
    // Greedy up to the last quote: a path may have quotes in it. `<TMP>` and its like stand for paths that Deno hides.
    pattern:
      /Requires (\w+) access(?: to (?:"([^]*)"|(<\w+>)))?, (?:run again with the --allow-\w+ flag|specify the required permissions during compilation using `deno compile --allow-\w+`)/,
    say: (parts) => needs(parts[1], parts[2], parts[3]),
  },
  // node:dns, and so node:http, hide a denial behind a code of the system.
  { pattern: /getaddrinfo EPERM (\S+)/, say: (parts) => needs("net", parts[1]) },
  // Symbolic links, and programs that are given LD_PRELOAD: Deno's flags are ours here.
  {
    pattern: /[Rr]equires(?: unscoped)? (--allow-\w+(?: and --allow-\w+)*) permissions/,
    say: (parts) => `needs ${parts[1]} without a list`,
  },
  {
    pattern: /Can't escalate parent thread permissions/,
    say: () => "needs more permissions for a Worker of its own than it has: add their flags, or --allow-all",
  },
];

/** The kinds that have a flag of their own; the others are granted by `--allow-all` alone. */
const flagged = /^(?:read|write|net|env|run|sys)$/;

/**
 * What a job was denied, and which flag of `tandem run` grants it, in place of Deno's words about its own flags. Takes the
 * message of an error, or a text around it, which stays. Undefined if it does not report a denial.
 */
export function explainDenied(message: string): string | undefined {
  for (let i = 0; i < wordings.length; i++) {
    const found = exec(wordings[i].pattern, message);
    if (found === null) continue;
    const end = found.index + found[0].length;
    return textSlice(message, 0, found.index) + wordings[i].say(found) + textSlice(message, end);
  }
  return undefined;
}

function needs(kind: string, name?: string, hidden?: string): string {
  const what = name === undefined ? hidden : `"${name}"`;
  return `needs ${kind} access${what === undefined ? "" : ` to ${what}`}: add ${flag(kind, name)}`;
}

function flag(kind: string, name?: string): string {
  if (exec(flagged, kind) === null) return "--allow-all";
  const whole = `--allow-${kind}`;
  const argument = name === undefined ? undefined : shellWord(`${whole}=${name}`);
  return argument === undefined || name !== undefined && textIncludes(name, ",") ? whole : `${argument} (or ${whole})`; // a comma ends a name
}

/** A text as one word of a command line; undefined if no quotes do in every shell. */
function shellWord(text: string): string | undefined {
  if (exec(/^[\w@%+=:./\\-]+$/, text) !== null) return text;
  // deno-lint-ignore no-control-regex -- a line break in a path must not end the command
  return exec(/["$`!\x00-\x1f\x7f]/, text) !== null ? undefined : `"${text}"`;
}

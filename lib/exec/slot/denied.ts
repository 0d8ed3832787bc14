/** How Deno words a denial, under `deno run` and in an executable, and what is said instead. */
const wordings: readonly (readonly [RegExp, (denial: string, ...parts: (string | undefined)[]) => string])[] = [
  [
    // Greedy up to the last quote: a path may have quotes in it. `<TMP>` and its like stand for paths that Deno hides.
    /Requires (\w+) access(?: to (?:"([^]*)"|(<\w+>)))?, (?:run again with the --allow-\w+ flag|specify the required permissions during compilation using `deno compile --allow-\w+`)/,
    (_, kind = "all", name, hidden) => needs(kind, name, hidden),
  ],
  // node:dns, and so node:http, hide a denial behind a code of the system.
  [/getaddrinfo EPERM (\S+)/, (_, host) => needs("net", host)],
  // Symbolic links, and programs that are given LD_PRELOAD: Deno's flags are ours here.
  [
    /[Rr]equires(?: unscoped)? (--allow-\w+(?: and --allow-\w+)*) permissions/,
    (_, flags) => `needs ${flags} without a list`,
  ],
  [
    /Can't escalate parent thread permissions/,
    () => "needs more permissions for a Worker of its own than it has: add their flags, or --allow-all",
  ],
];

/** The kinds that have a flag of their own; the others are granted by `--allow-all` alone. */
const flagged = ["read", "write", "net", "env", "run", "sys"];

/**
 * What a job was denied, and which flag of `tandem run` grants it, in place of Deno's words about its own flags. Takes the
 * message of an error, or a text around it, which stays. Undefined if it tells of no denial, or if a job has replaced what
 * this is made of.
 */
export function explainDenied(message: string): string | undefined {
  try {
    const found = wordings.find(([pattern]) => pattern.test(message));
    return found && message.replace(...found);
  } catch {
    return undefined;
  }
}

function needs(kind: string, name?: string, hidden?: string): string {
  const what = name === undefined ? hidden : `"${name}"`;
  return `needs ${kind} access${what === undefined ? "" : ` to ${what}`}: add ${flag(kind, name)}`;
}

function flag(kind: string, name?: string): string {
  if (!flagged.includes(kind)) return "--allow-all";
  const whole = `--allow-${kind}`;
  const argument = name === undefined ? undefined : shellWord(`${whole}=${name}`);
  return argument === undefined || name?.includes(",") ? whole : `${argument} (or ${whole})`; // a comma ends a name
}

/** A text as one word of a command line; undefined if no quotes do in every shell. */
function shellWord(text: string): string | undefined {
  if (/^[\w@%+=:./\\-]+$/.test(text)) return text;
  // deno-lint-ignore no-control-regex -- a line break in a path must not end the command
  return /["$`!\x00-\x1f\x7f]/.test(text) ? undefined : `"${text}"`;
}

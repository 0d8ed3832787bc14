const flags = /^--(journal|resume|retry-failed)(=|$)/;

/**
 * The command line that resumes a run, or runs its failed items again: the one it was started with, with another flag
 * for its journal. `args` are the program's.
 */
export function nextCommand(
  args: readonly string[],
  flag: "--resume" | "--retry-failed",
  redirections: string,
): string {
  const next = args.slice();
  const place = next.findIndex((arg) => flags.test(arg));
  if (place !== -1) {
    if (next[place].includes("=")) next[place] = next[place].replace(flags, `${flag}=`);
    else next[place] = flag;
  }
  return ["tandem", ...next.map(quoted), redirections].filter((part) => part !== "").join(" ");
}

/** A word as a POSIX shell takes it. */
export function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

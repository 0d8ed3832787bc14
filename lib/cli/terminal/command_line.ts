/** A command line for a POSIX shell: `redirections` are not quoted. */
export function shellLine(words: readonly string[], redirections = ""): string {
  return [...words.map(quoted), redirections].filter((part) => part !== "").join(" ");
}

/** A word as a POSIX shell takes it. */
export function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

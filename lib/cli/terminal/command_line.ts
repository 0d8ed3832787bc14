import { printable } from "../../report/printable.ts";

/** A command line for a POSIX shell: `redirections` are not quoted. */
export function shellLine(words: readonly string[], redirections = ""): string {
  return [...words.map(quoted), redirections].filter((part) => part !== "").join(" ");
}

/** A flag and its value in a command line: one word if the value looks like a flag. */
export function flagWords(flag: string, value: string): string {
  return /^(-|$)/.test(value) ? quoted(`${flag}=${value}`) : `${flag} ${quoted(value)}`;
}

/** A word as a POSIX shell takes it, on one line. What a terminal would obey is written as octal bytes (POSIX 2024). */
export function quoted(word: string): string {
  if (printable(word) !== word || word.includes("\n")) {
    const escaped = [...word].map((character) =>
      /[\\'\n]/.test(character) || printable(character) !== character ? octal(character) : character
    );
    return `$'${escaped.join("")}'`;
  }
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

function octal(character: string): string {
  return [...new TextEncoder().encode(character)].map((byte) => `\\${byte.toString(8).padStart(3, "0")}`).join("");
}

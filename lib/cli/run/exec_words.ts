import { UsageError } from "../../errors.ts";
import { type Argument, type Placeholder, placeholders } from "../../model/exec.ts";

/** A part of a command: spaces, a part in single or double quotes, a character behind a backslash, plain text, or what is left open. */
const parts = /(\s+)|'([^']*)'|"((?:[^"\\]|\\[^])*)"|\\([^])|([^\s'"\\]+)|[^]/gu;

/** A word of a command, without its quotes. */
interface Word {
  readonly text: string;
  /** It had no quotes. */
  readonly bare: boolean;
}

/** What only a shell obeys: pipes, redirections, ends of commands. */
const shellSyntax = /^(?:[|&;]+$|\d*[<>])|;$/;

/**
 * The program and the arguments of a command that no shell reads. Its words are those of a POSIX shell (quotes and backslashes
 * group them), but nothing in them is a variable, a pattern or a redirection. Each placeholder stays within its argument,
 * whatever the item contains. Without any, the item is the last argument, as with GNU parallel and xargs.
 *
 * @throws {UsageError} a quote is not closed; it is meant for a shell; or it names no program
 */
export function commandWords(command: string): { readonly program: string; readonly args: readonly Argument[] } {
  const [{ text: program }, ...rest] = wordsOf(command);
  if (argumentOf(program).some((part) => typeof part !== "string")) {
    throw new UsageError(
      `--exec ${command}: its first word has to name a program, found ${program}; for lines that are commands: --exec 'sh -c {}'`,
    );
  }
  const args = rest.map(({ text }) => argumentOf(text));
  const hasItem = args.some((argument) => argument.some((part) => typeof part !== "string"));
  return { program, args: hasItem ? args : [...args, [{ placeholder: "{}" }]] };
}

function wordsOf(command: string): readonly Word[] {
  const words: Word[] = [];
  let word: Word | undefined;
  for (const [all, space, single, double, escaped, plain] of command.matchAll(parts)) {
    if (space !== undefined) {
      if (word !== undefined) words.push(word);
      word = undefined;
      continue;
    }
    const text = single ?? double?.replace(/\\(["\\$`])/g, "$1") ?? escaped ?? plain;
    if (text === undefined) {
      const found = all === "\\" ? "the backslash at its end has nothing behind it" : `the quote ${all} is not closed`;
      throw new UsageError(`--exec ${command}: ${found}`);
    }
    word = { text: `${word?.text ?? ""}${text}`, bare: (word?.bare ?? true) && plain !== undefined };
  }
  if (word !== undefined) words.push(word);
  const forShell = words.find(({ text, bare }) => bare && shellSyntax.test(text));
  if (forShell === undefined) return words;
  const { text } = forShell;
  throw new UsageError(
    `--exec ${command}: no shell reads this, and ${text} is for one; add --shell, or quote it: '${text}'`,
  );
}

/** A text with its placeholders. */
function argumentOf(text: string): Argument {
  return text.split(/(\{(?:\/?\.|\/{0,2}|#|%)\})/).flatMap((part): Argument =>
    part === "" ? [] : isPlaceholder(part) ? [{ placeholder: part }] : [part]
  );
}

/** Whether a text is one. */
export function isPlaceholder(text: string): text is Placeholder {
  return (placeholders as readonly string[]).includes(text);
}

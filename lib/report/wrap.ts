import { printableLine } from "./printable.ts";
import type { Style } from "./style.ts";

/** Blanks between words; none between a number and its unit. */
const between = /\s+(?!(?:ns|µs|ms|s|%|B|KiB|MiB|GiB)(?![\w]))/;

/** The words of a text in lines of at most `width` characters; a longer word has a line of its own. */
export function wrapWords(text: string, width: number): string[] {
  return filled(text.split(between), width);
}

/** Words in lines of at most `width` characters, a blank between two. */
function filled(words: readonly string[], width: number): string[] {
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}

/** Lines of prose as they fit: what is too long goes on below, two columns further in. A part between two dots stays whole if it fits. */
export function wrapLines(lines: readonly string[], width: number): string[] {
  return lines.flatMap((line) => {
    if (line.length <= width) return [line];
    const [indent] = /^ */.exec(line) ?? [""];
    const [first, ...more] = filled(piecesOf(line.trim(), width - indent.length - 2), width - indent.length - 2);
    return [indent + first, ...more.map((words) => `${indent}  ${words}`)];
  });
}

/** Sentences as a text: wrapped on a terminal; elsewhere one line each, as logs are searched by line. */
export function proseText(lines: readonly string[], { terminal, width }: Pick<Style, "terminal" | "width">): string {
  return asText(terminal ? wrapLines(lines, width) : lines);
}

/** Lines as a text: each ends in a newline. */
export function asText(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join("");
}

/** A warning as such a text: what it is about, and what to do. */
export function warningText(text: string, style: Pick<Style, "terminal" | "width">): string {
  return proseText([`! ${printableLine(text)}`], style);
}

/** The parts between dots, each with its dot, and the words of those that are longer than a line. */
function piecesOf(line: string, width: number): string[] {
  const parts = line.split(" · ");
  return parts.map((part, i) => i === parts.length - 1 ? part : `${part} ·`)
    .flatMap((part) => parts.length > 1 && part.length <= width ? [part] : part.split(between));
}

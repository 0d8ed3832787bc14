import { wrapWords } from "../../report/wrap.ts";

/** On a narrower terminal the right column goes below the left one. */
const minColumns = 60;

/** Of the width, the left column takes this part at most; what is longer has a line of its own. */
const leftShare = 0.4;

/** Longer lines are hard to read, however wide the terminal is. */
const mostColumns = 100;

/** How wide a text of the help may be on a terminal of that width. */
export function helpWidth(columns: number): number {
  return Math.min(columns, mostColumns);
}

/** Two columns, the right one wrapped with a hanging indent, or on a narrow terminal below the left one. */
export function twoColumns(rows: readonly (readonly [left: string, right: string])[], width: number): string[] {
  if (width < minColumns) return rows.flatMap((row) => stacked(row, 10, width));
  const limit = Math.floor(leftShare * width);
  const left = Math.max(0, ...rows.map(([text]) => text.length).filter((length) => length <= limit));
  const indent = " ".repeat(left + 4);
  return rows.flatMap(([text, about]) => {
    const [first, ...more] = wrapWords(about, width - indent.length).map((line) => indent + line);
    if (text.length > left) return [`  ${text}`, first, ...more];
    return [`  ${text.padEnd(left)}  ${first.slice(indent.length)}`, ...more];
  });
}

/** Each pair on one line, if all of them fit; else what is said of them goes below. */
export function linesOrStacked(rows: readonly (readonly [left: string, right: string])[], width: number): string[] {
  const left = Math.max(...rows.map(([text]) => text.length));
  const lines = rows.map(([text, about]) => `  ${text.padEnd(left)}  ${about}`);
  return lines.every(({ length }) => length <= width) ? lines : rows.flatMap((row) => stacked(row, 6, width));
}

function stacked([text, about]: readonly [string, string], indent: number, width: number): string[] {
  return [`  ${text}`, ...wrapWords(about, width - indent).map((line) => " ".repeat(indent) + line)];
}

/** What begins a block of words, and stays in front of it: the left side of a list's row, a mark, or blanks before a sentence. */
const leads: readonly RegExp[] = [
  /^( *(?:[*-]|\d+\.) )(\S.*)$/,
  /^( *\S.*? {2,})(?!\/\/|# )(\S.*)$/, // no code with a comment behind it
  /^( +)([A-Z].*)$/,
];

/** A command, and so the beginning of a sample. */
const sample = /^ +(?:\$|tandem|deno) /;

/** Words that are filled together, behind what stands in front of the first line; or a line that stays as it is. */
interface Block {
  readonly lead: string;
  words: string;
  readonly fixed: boolean;
}

/**
 * A text that was laid out by hand, as it is if it fits. Otherwise its paragraphs are refilled, and rows and items of its lists
 * get a hanging indent; samples and other indented lines, like code, stay.
 */
export function rewrap(text: string, width: number): string {
  const lines = text.split("\n");
  if (lines.every(({ length }) => length <= width)) return text;
  const blocks: Block[] = [];
  let inSample = false;
  for (const line of lines) {
    const last = blocks.at(-1);
    const isBlank = line === "";
    inSample = !isBlank && (inSample || sample.test(line));
    if (isBlank || inSample) blocks.push({ lead: "", words: line, fixed: true });
    else if (last !== undefined && continues(line, last)) last.words += ` ${line.trim()}`;
    else blocks.push(blockOf(line));
  }
  return blocks.flatMap(({ lead, words, fixed }) => fixed ? [words] : hanging(lead, words, width)).join("\n");
}

function blockOf(line: string): Block {
  for (const lead of leads) {
    const [, front, words] = lead.exec(line) ?? [];
    if (front !== undefined) return { lead: front, words, fixed: false };
  }
  return { lead: "", words: line, fixed: line.startsWith(" ") };
}

/** Whether a line continues the words above it: it is indented like them, and is not an item or a row of its own. */
function continues(line: string, { lead, fixed }: Block): boolean {
  return !fixed && line.search(/\S/) === lead.length && !leads.slice(0, 2).some((front) => front.test(line));
}

function hanging(lead: string, words: string, width: number): string[] {
  if (lead.length > width / 2 && /\w/.test(lead)) { // not a mark alone
    const indent = " ".repeat(lead.search(/\S/) + 4);
    return [lead.trimEnd(), ...wrapWords(words, width - indent.length).map((line) => indent + line)];
  }
  return wrapWords(words, width - lead.length).map((line, i) => (i === 0 ? lead : " ".repeat(lead.length)) + line);
}

/** Characters that move a terminal's cursor, change its colours or turn the direction of text. */
// deno-lint-ignore no-control-regex -- these are what the pattern is for
const unprintable = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/** A text of unknown origin, safe to show on a terminal: control and direction characters are written as `\u{..}`. */
export function printable(text: string): string {
  return text.replace(unprintable, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
}

/** The same for a text that is a part of one line: a tab and a line break in it are written so too. */
export function printableLine(text: string): string {
  return printable(text).replace(/[\t\n]/g, (character) => character === "\t" ? "\\t" : "\\n");
}

/** JSON of unknown origin, safe to show on a terminal, and the same JSON: what is not in a string is printable. */
export function printableJson(json: string): string {
  return json.replace(unprintable, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

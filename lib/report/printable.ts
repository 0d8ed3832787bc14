/** Characters that move a terminal's cursor, change its colours or turn the direction of text. */
// deno-lint-ignore no-control-regex -- these are what the pattern is for
const unprintable = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/** A text of unknown origin, safe to show on a terminal: control and direction characters are written as `\u{..}`. */
export function printable(text: string): string {
  return text.replace(unprintable, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
}

/** JSON of unknown origin, safe to show on a terminal, and the same JSON: what is not in a string is printable. */
export function printableJson(json: string): string {
  return json.replace(unprintable, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** A value with all its strings safe to show: a document, say, that someone else saved. */
export function printableStrings<T>(value: T): T {
  if (typeof value === "string") return printable(value) as T;
  if (Array.isArray(value)) return value.map(printableStrings) as T;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, printableStrings(inner)])) as T;
}

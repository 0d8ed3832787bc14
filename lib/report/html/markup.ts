import { printable } from "../printable.ts";

/** Markup. A text that is put into it is escaped, unless it is markup itself. */
export interface Markup {
  readonly text: string;
}

/** What can stand in markup. */
export type Content = string | number | Markup | readonly Content[];

const escapes: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Markup with texts, escaped, in it: they may stand between tags and in quoted attributes. */
export function markup(parts: TemplateStringsArray, ...contents: readonly Content[]): Markup {
  return raw(parts.map((part, i) => i === 0 ? part : textOf(contents[i - 1]) + part).join(""));
}

/** No markup. */
export const nothing: Markup = { text: "" };

/** Our own text as markup, as it is. */
export function raw(text: string): Markup {
  return { text };
}

function textOf(content: Content): string {
  if (typeof content === "number") return `${content}`;
  if (typeof content === "string") return printable(content).replace(/[&<>"']/g, (character) => escapes[character]);
  return "text" in content ? content.text : content.map(textOf).join("");
}

/**
 * JSON as the text of a `<script>`. `<` is written as an escape, so that neither `</script>` nor `<!--` can be in it
 * (HTML, 4.12.1.3, Restrictions for contents of script elements).
 */
export function scriptJson(value: unknown): Markup {
  return raw(JSON.stringify(value).replaceAll("<", "\\u003c"));
}

import { type Content, type Markup, markup } from "./markup.ts";

/** What a page says of one document, before the parts that all documents share. */
export interface Article {
  /** The finding in one sentence. */
  readonly headline: string;
  /** Whether it is good news, bad news, or neither. */
  readonly tone: "good" | "bad" | "open";
  /** What stands below the headline. */
  readonly lead: readonly string[];
  /** A picture of the whole result, beside the headline; none without one. */
  readonly banner?: Markup;
  readonly sections: readonly Markup[];
}

/** A part with its heading. */
export function section(heading: string, about: string, ...contents: readonly Content[]): Markup {
  return markup`<section><h3>${heading}</h3>${
    about === "" ? [] : markup`<p class="about">${about}</p>`
  }${contents}</section>`;
}

/** A chart and the table of its numbers, side by side where there is room. */
export function beside(chart: Content, numbers: Content): Markup {
  return markup`<div class="beside"><div>${chart}</div><div>${numbers}</div></div>`;
}

/** A chart with its caption. */
export function figure(caption: string, ...contents: readonly Content[]): Markup {
  return markup`<figure><figcaption>${caption}</figcaption>${contents}</figure>`;
}

/** Names and what they stand for. */
export function facts(rows: readonly (readonly [name: string, value: string])[]): Markup {
  return markup`<dl class="facts">${
    rows.map(([name, value]) => markup`<div><dt>${name}</dt><dd>${value}</dd></div>`)
  }</dl>`;
}

/** Lines, as a list; nothing if there are none. */
export function notes(lines: readonly string[]): Markup {
  return lines.length === 0
    ? markup``
    : markup`<ul class="notes">${lines.map((line) => markup`<li>${line}</li>`)}</ul>`;
}

/** The end of a sentence as a sentence. */
export function asSentence(end: string): string {
  return `${end.charAt(0).toUpperCase()}${end.slice(1)}.`;
}

import { toAscii } from "../../lib/cli/terminal/ascii.ts";
import type { Style } from "../../lib/report/style.ts";

const widths = [60, 80, 120];

/** The looks that golden files have: each width, with colour and without, in UTF-8 and in ASCII. */
export const looks: readonly Style[] = widths.flatMap((width) =>
  [false, true].flatMap((color) => [true, false].map((unicode) => ({ terminal: true, width, color, unicode })))
);

/** A text as it is written to a terminal of that look. */
export function shown(render: (style: Style) => string, style: Style): string {
  const text = render(style);
  return style.unicode ? text : toAscii(text);
}

/** A text without our colours. */
export function plainText(text: string): string {
  // deno-lint-ignore no-control-regex -- colours begin with it
  return text.replace(/\x1b\[(?:1|2|22|3[1-6]|39)m/g, "");
}

/** A rendering in all looks, as one text: those that are alike stand together. An escape character is written as `\e`. */
export function inAllLooks(render: (style: Style) => string): string {
  const texts = Map.groupBy(looks, (style) => shown(render, style));
  return [...texts].map(([text, styles]) =>
    `==== ${namesOf(styles)} ====\n${text.replaceAll("\x1b", "\\e")}${text.endsWith("\n") ? "" : "\n"}`
  ).join("");
}

/** `60 and 80 columns, colour, ASCII`: a part that makes no difference is not named. */
function namesOf(styles: readonly Style[]): string {
  const [first] = styles;
  const same = (pick: (style: Style) => unknown) => styles.every((style) => pick(style) === pick(first));
  const columns = [...new Set(styles.map(({ width }) => width))];
  return [
    `${columns.join(", ")} columns`,
    ...same(({ color }) => color) ? [first.color ? "colour" : "no colour"] : [],
    ...same(({ unicode }) => unicode) ? [first.unicode ? "UTF-8" : "ASCII"] : [],
  ].join(" · ");
}

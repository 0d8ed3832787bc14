import type { Style } from "./style.ts";

/** ASCII where the locale is not UTF-8. */
export function encode(text: string, { unicode }: Pick<Style, "unicode">): string {
  if (unicode) return text;
  return text.replaceAll("×", "x").replaceAll("·", "|").replaceAll("…", "..").replaceAll("µ", "u").replaceAll("–", "-")
    .replaceAll("→", ">");
}

import { type Markup, markup } from "../markup.ts";
import { type Color, planeWidth, short, stretched } from "./svg.ts";

/** A part of a whole. */
export interface Part {
  readonly label: string;
  readonly value: number;
  readonly text: string;
  readonly color: Color;
}

/** A bar of parts, and what each part is. Parts without a value are left out. */
export function partsBar(id: string, title: string, parts: readonly Part[]): Markup {
  const shown = parts.filter(({ value }) => value > 0);
  const total = shown.reduce((sum, { value }) => sum + value, 0);
  let left = 0;
  const rects = shown.map(({ value, color }) => {
    const width = value / total * planeWidth;
    const rect = markup`<rect class="${color}" x="${short(left)}" width="${short(width)}" height="14" />`;
    left += width;
    return rect;
  });
  const keys = shown.map(({ label, text, color }) => markup`<li class="${color}">${label} <b>${text}</b></li>`);
  const head =
    markup`class="bar" role="img" aria-labelledby="${id}" height="14" viewBox="0 0 ${planeWidth} 14" ${stretched}`;
  return markup`<svg ${head}><title id="${id}">${title}</title>${rects}</svg><ul class="keys">${keys}</ul>`;
}

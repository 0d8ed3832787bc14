/** A picture of a terminal as SVG: text with the colours of ECMA-48 (SGR), on a dark background. */
import { eastAsianWidth } from "get-east-asian-width";

/** What is drawn around the text. */
export interface Picture {
  /** For screen readers and tooltips. */
  readonly title: string;
  /** Columns of the terminal: a longer line wraps, as in a terminal. The picture is as wide as its longest line. */
  readonly columns: number;
}

/** How a character looks. */
interface Look {
  readonly color?: string;
  readonly bold?: boolean;
  readonly dim?: boolean;
}

/** Characters of one look, from a column on. */
interface Segment {
  readonly look: Look;
  readonly column: number;
  readonly text: string;
  readonly width: number;
}

const palette = ["#484f58", "#ff7b72", "#3fb950", "#d29922", "#58a6ff", "#bc8cff", "#39c5cf", "#b1bac4"];
const background = "#0d1117";
const foreground = "#e6edf3";
const font = "ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace";
const [cellWidth, lineHeight, margin, barHeight, baseline] = [8, 18, 16, 30, 13];
const anyEscape = new RegExp("\x1b\\[([0-9;]*)([A-Za-z])", "y");

/** Draws text with escape sequences. Every segment is stretched to its columns, so that tables stay aligned in any font. */
export function terminalSvg(text: string, { title, columns }: Picture): string {
  const rows = rowsOf(text, columns);
  const longest = Math.max(...rows.flat().map(({ column, width }) => column + width));
  const width = longest * cellWidth + 2 * margin;
  const height = rows.length * lineHeight + barHeight + margin;
  const dots = ["#ff5f57", "#febc2e", "#28c840"].map((fill, i) =>
    `<circle cx="${margin + 4 + 18 * i}" cy="15" r="5" fill="${fill}"/>`
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">`,
    `<title>${escaped(title)}</title>`,
    `<rect width="${width}" height="${height}" rx="8" fill="${background}"/>`,
    ...dots,
    `<g font-family="${font}" font-size="13" fill="${foreground}" xml:space="preserve">`,
    ...rows.flatMap((row, i) => row.map((segment) => drawn(segment, barHeight + i * lineHeight + baseline))),
    "</g>",
    "</svg>",
    "",
  ].join("\n");
}

function drawn({ look: { color, bold, dim }, column, text, width }: Segment, y: number): string {
  const attributes = [
    `x="${margin + column * cellWidth}" y="${y}" textLength="${width * cellWidth}" lengthAdjust="spacingAndGlyphs"`,
    ...color === undefined ? [] : [`fill="${color}"`],
    ...bold ? [`font-weight="bold"`] : [],
    ...dim ? [`fill-opacity="0.6"`] : [],
  ];
  return `<text ${attributes.join(" ")}>${escaped(text)}</text>`;
}

/** The segments of each line. Two blanks end a segment: they stand between the cells of a table. */
function rowsOf(text: string, columns: number): Segment[][] {
  const rows: { look: Look; character: string; column: number }[][] = [[]];
  let look: Look = {};
  let column = 0;
  const newRow = () => {
    rows.push([]);
    column = 0;
  };
  for (let at = 0; at < text.length;) {
    anyEscape.lastIndex = at;
    const escape = anyEscape.exec(text);
    if (escape !== null) {
      if (escape[2] === "m") look = escape[1].split(";").map(Number).reduce(lookAfter, look);
      at = anyEscape.lastIndex;
      continue;
    }
    const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
    at += character.length;
    if (character === "\n") {
      newRow();
      continue;
    }
    const width = eastAsianWidth(character.codePointAt(0) ?? 0);
    if (column + width > columns) newRow();
    rows[rows.length - 1].push({ look, character, column });
    column += width;
  }
  while (rows.at(-1)?.length === 0) rows.pop();
  return rows.map(segmentsOf);
}

function segmentsOf(cells: readonly { look: Look; character: string; column: number }[]): Segment[] {
  const segments: Segment[] = [];
  let [last, blanks] = [undefined as Look | undefined, 0];
  for (const { look, character, column } of cells) {
    if (character === " ") {
      blanks++;
      continue;
    }
    const width = eastAsianWidth(character.codePointAt(0) ?? 0);
    const before = segments.at(-1);
    if (before === undefined || look !== last || blanks > 1) segments.push({ look, column, text: character, width });
    else {
      const text = before.text + " ".repeat(blanks) + character;
      segments[segments.length - 1] = { ...before, text, width: column + width - before.column };
    }
    [last, blanks] = [look, 0];
  }
  return segments;
}

/** The look after a code of SGR; a code that is not drawn here changes nothing. */
function lookAfter(look: Look, code: number): Look {
  if (code === 0) return {};
  if (code === 1) return { ...look, bold: true };
  if (code === 2) return { ...look, dim: true };
  if (code === 22) return { ...look, bold: false, dim: false };
  if (code >= 30 && code <= 37) return { ...look, color: palette[code - 30] };
  if (code >= 90 && code <= 97) return { ...look, color: palette[code - 90] };
  if (code === 39) return { ...look, color: undefined };
  return look;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

import type { Document } from "../model/document.ts";
import { modeColors } from "./mode_colors.ts";
import { printableLine } from "./printable.ts";
import type { Style } from "./style.ts";
import { fittedTable, left } from "./table.ts";

/** The built-in jobs, a row each, and how to try one. */
export function jobsText({ result: { jobs } }: Pick<Document<"jobs">, "result">, style: Style): string {
  const columns = ["NAME", "WHAT AN ITEM DOES", "THEORY SAYS"].map(left);
  const cells = jobs.map(({ name, about, expects }) => [`@${name}`, about, expects].map(printableLine));
  const paint = (cell: string, column: number, row: number) =>
    style.color && row >= 0 && column === 2 ? modeColors[jobs[row].expects](cell) : cell;
  const lines = fittedTable([columns], cells, 2, style, paint);
  return `${lines.join("\n")}\n\nNext: tandem run @primes --limit 3\n`;
}

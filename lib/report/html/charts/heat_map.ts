import type { Grid } from "../../../model/comparison.ts";
import { formatRatio } from "../../units.ts";
import { scaleBand } from "../d3.ts";
import { type Markup, markup } from "../markup.ts";
import { besideText, chart, label, labels, planeWidth, short } from "./svg.ts";

const rowHeight = 46;
/** Shades from the slowest cell to the fastest, as the style sheet has them. */
const shades = 5;

/**
 * A sweep as a heat map: a row for each number of threads, a column for each number of tasks, and in each cell how many times as
 * fast as serial it is. The shade is on a logarithmic scale from the slowest to the fastest.
 */
export function heatMap(id: string, title: string, { threads, tasks, cells, best }: Grid): Markup {
  const x = scaleBand(tasks.map(String), [0, planeWidth]).paddingInner(0.02);
  const y = scaleBand(threads.map(String), [0, threads.length * rowHeight]).paddingInner(0.06);
  const height = threads.length * rowHeight;
  const logs = cells.map(({ ratio }) => Math.log(ratio));
  const [lowest, highest] = [Math.min(...logs), Math.max(...logs)];
  const shadeOf = (ratio: number) =>
    highest > lowest ? Math.min(shades - 1, Math.floor(shades * (Math.log(ratio) - lowest) / (highest - lowest))) : 0;
  const placed = cells.map((cell) => ({
    ...cell,
    left: x(`${cell.tasks}`) ?? 0,
    top: y(`${cell.threads}`) ?? 0,
    look: `heat${shadeOf(cell.ratio)}`,
    isBest: cell.threads === best.threads && cell.tasks === best.tasks,
  }));
  const [width, tall] = [x.bandwidth(), y.bandwidth()];
  const size = markup`width="${short(width)}" height="${short(tall)}"`;
  return chart({
    id,
    title,
    height,
    axes: { across: "tasks in each thread", up: "threads", right: false },
    marks: placed.map(({ left, top, look, isBest }) =>
      markup`<rect class="${look}${isBest ? " best" : ""}" x="${short(left)}" y="${short(top)}" ${size}/>`
    ),
    texts: [
      ...placed.map(({ left, top, look, ratio, isBest }) =>
        labels(`mid num ${look}${isBest ? " strong" : ""}`, [
          label(formatRatio(ratio), left + width / 2, top + tall / 2 + 4),
        ])
      ),
      labels("end dim", threads.map((count) => besideText(`${count}`, 0, (y(`${count}`) ?? 0) + tall / 2, -8))),
      labels("mid dim", tasks.map((count) => label(`${count}`, (x(`${count}`) ?? 0) + width / 2, height + 18))),
    ],
  });
}

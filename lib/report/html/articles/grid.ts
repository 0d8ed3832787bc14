import type { Grid } from "../../../model/comparison.ts";
import { bestText } from "../../grid_text.ts";
import { formatInterval, formatRatio, threeDigits } from "../../units.ts";
import { plural } from "../../words.ts";
import { linearAxis } from "../charts/axis.ts";
import { heatMap } from "../charts/heat_map.ts";
import { across, linePlot, type Series } from "../charts/lines.ts";
import type { Markup } from "../markup.ts";
import { beside, figure, section } from "../section.ts";
import { left, right } from "../../table.ts";
import { table } from "../table.ts";

const height = 260;

/** The sweep over threads and tasks, and how far more threads speed it up. */
export function gridSection(grid: Grid, id: string): Markup {
  const { threads, tasks, cells } = grid;
  const ratioAt = (row: number, column: number) =>
    cells.find((cell) => cell.threads === row && cell.tasks === column)?.ratio;
  /** Compared with one thread that runs as many tasks. */
  const speedUp = (row: number, column: number) => (ratioAt(row, column) ?? NaN) / (ratioAt(1, column) ?? NaN);
  const rows = cells.map((cell) => [
    cell.threads,
    cell.tasks,
    threeDigits(cell.itemsPerSecond),
    formatRatio(cell.ratio),
    formatInterval(cell.interval),
    formatRatio(speedUp(cell.threads, cell.tasks)),
  ]);
  const columns = ["TASKS", "ITEMS/S", "VS SERIAL", "95% CI", "SPEED-UP"].map(right);
  const map = heatMap(`${id}-grid`, "Speed by threads and tasks in each thread, compared with serial", grid);
  return section(
    "Threads × tasks",
    bestText(grid),
    beside(
      [
        figure("Times as fast as serial", map),
        ...threads.length < 2 ? [] : [figure("Speed-up by threads", speedUps())],
      ],
      table("All cells", [left("THREADS"), ...columns], rows),
    ),
  );

  function speedUps(): Markup {
    const most = Math.max(...threads);
    const series = tasks.map((column, i): Series => ({
      label: plural(column, "task"),
      points: threads.map((row) => [row, speedUp(row, column)] as const).filter(([, speed]) => speed > 0),
      color: `c${i % 7}`,
    }));
    const x = linearAxis([0, most], "count", across);
    return linePlot(`${id}-speedup`, "Speed-up against the number of threads, with the ideal line", series, {
      x: { ...x, ticks: threads.map((count) => ({ at: x.place(count), label: `${count}` })) },
      y: linearAxis([0, most, ...series.flatMap(({ points }) => points.map(([, speed]) => speed))], "ratio", [
        height,
        0,
      ]),
      height,
      axes: { across: "threads", up: "speed-up" },
      ideal: { label: "ideal", points: [[1, 1], [most, most]], color: "serial" },
    });
  }
}

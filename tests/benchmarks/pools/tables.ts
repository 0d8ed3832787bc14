import { type Column, table } from "../../../lib/report/table.ts";
import { formatDuration, formatRatio, threeDigits } from "../../../lib/report/units.ts";
import { median } from "../../../lib/stats/quantiles.ts";
import { pairedRatios } from "../../../lib/stats/ratios.ts";
import { baseline, ideal } from "./contenders.ts";
import type { Result } from "./rounds.ts";

/** Milliseconds of start and end alone, by contender. */
export type Overheads = ReadonlyMap<string, number>;

/** The medians of runs without items. The ideal has no start. */
export function overheads(results: readonly Result[]): Overheads {
  const medians = results.map(({ contender, times }): [string, number] => [contender.id, median(times)]);
  return new Map([...medians, [ideal, 0]]);
}

/** Runs without items. */
export function startTable(results: readonly Result[]): string[] {
  const columns = [left("CONTENDER"), right("MEDIAN"), right("RANGE")];
  const rows = measured(results).map(({ contender, times }) => [
    contender.title,
    formatDuration(median(times)),
    range(Math.min(...times), Math.max(...times), formatDuration),
  ]);
  return [...table(columns, rows), ...absent(results)];
}

/** What the columns of a workload's table mean. */
export const legend =
  `VS TANDEM: items a second against tandem's, the ratio of the medians; above 1 is faster than tandem
RANGE: the least and the greatest of these ratios in one round
NET: without start and end, that is less the median of runs without items
ideal: the job's measured costs alone, laid out over all threads, the longest first`;

/** A workload: whole commands, and net. */
export function workloadTable(results: readonly Result[], starts: Overheads): string[] {
  const columns = [
    left("CONTENDER"),
    ...["ITEMS", "MEDIAN", "ITEMS/S", "VS TANDEM", "RANGE", "NET ITEMS/S", "NET VS TANDEM"].map(right),
  ];
  const own = measured(results).find(({ contender }) => contender.id === baseline);
  const rows = measured(results).map((result) => workloadRow(result, own, starts));
  return [...table(columns, rows), ...absent(results)];
}

function workloadRow(result: Result, own: Result | undefined, starts: Overheads): string[] {
  const times = perItem(result);
  const net = netPerItem(result, starts);
  const ownTimes = own === undefined ? [] : perItem(own);
  const ownNet = own === undefined ? NaN : netPerItem(own, starts);
  const { min: lowest, max: highest } = pairedRatios(ownTimes, times);
  return [
    result.contender.title,
    result.items.toLocaleString("en"),
    formatDuration(median(result.times)),
    threeDigits(1000 / median(times)),
    formatRatio(median(ownTimes) / median(times)),
    range(lowest, highest, threeDigits),
    threeDigits(1000 / net),
    formatRatio(ownNet / net),
  ].map((cell) => /^–/.test(cell) ? "–" : cell);
}

function perItem({ items, times }: Result): number[] {
  return times.map((ms) => ms / items);
}

/** The time of an item without start and end; NaN where they are all that was measured. */
function netPerItem({ contender, items, times }: Result, starts: Overheads): number {
  const ms = median(times) - (starts.get(contender.id) ?? NaN);
  return ms > 0 ? ms / items : NaN;
}

function measured(results: readonly Result[]): Result[] {
  return results.filter(({ why }) => why === undefined);
}

/** A line for each who is not in the table. */
function absent(results: readonly Result[]): string[] {
  return results.flatMap(({ contender, why }) => why === undefined ? [] : [`${contender.title}: ${why}`]);
}

function range(lowest: number, highest: number, format: (value: number) => string): string {
  return `${format(lowest)}…${format(highest)}`;
}

function left(title: string): Column {
  return { title, align: "left" };
}

function right(title: string): Column {
  return { title, align: "right" };
}

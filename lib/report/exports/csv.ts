import { UsageError } from "../../errors.ts";
import type { AnyDocument } from "../../model/document.ts";
import { type CellMetrics, type Metric, metrics } from "../../model/metrics.ts";
import type { Quantity } from "../../model/quantity.ts";
import { cellsOf, type MeasuredCell, runtimeName } from "./documents.ts";

type Cell = string | number | boolean | null;
type Row = Readonly<Record<string, Cell>>;

/**
 * The rows of documents of one command as CSV (RFC 4180): a header, a line for each row, lines end with CR LF. Numbers are as in
 * the documents, with the unit in the column's name; a cell is empty where there is no value. Columns that only some documents
 * have come last.
 *
 * @throws {UsageError} the documents are of several commands, whose rows have different columns
 */
export function csv(documents: readonly AnyDocument[]): string {
  const [command, other] = new Set(documents.map((document) => document.command));
  if (other !== undefined) {
    throw new UsageError(`CSV has one kind of row, and these are documents of ${command} and ${other}: one at a time`);
  }
  const rows = documents.flatMap((document) =>
    rowsOf(document).map((row) => ({ startedAt: document.startedAt, ...row }))
  );
  if (rows.length === 0) return "";
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return [columns, ...rows.map((row: Row) => columns.map((column) => row[column] ?? null))].map(lineOf).join("");
}

/** The rows of a document; all rows of a command have the same columns, and those of two runtimes some more at the end. */
function rowsOf(document: AnyDocument): readonly Row[] {
  switch (document.command) {
    case "claims":
      return document.result.claims.map(({ id, sentence, source, verdict, reason, effect, interval, evidence }) => ({
        id,
        sentence,
        source,
        verdict,
        reason: reason.kind,
        effect,
        ...ends("effect", interval),
        ...quantityColumns("tasks", evidence?.tasks),
        ...quantityColumns("threads", evidence?.threads),
      }));
    case "compare":
      return cellsOf(document).map(({ work, part, cell, runtime }) => ({
        job: work,
        part,
        mode: cell.mode,
        threads: cell.threads,
        tasks: cell.tasks,
        verdict: cell.verdict,
        ratio: cell.ratio,
        ...ends("ratio", cell.interval),
        ...metricColumns(cell),
        ...runtimeColumns(runtime),
      }));
    case "scale":
      return document.result.rungs.map(({ said: _, ...rung }) => ({ ...rung }));
    case "streams":
      return document.result.runs.flatMap(({ producer, items }) => items.map((item) => ({ producer, ...item })));
    case "diff":
      return document.result.rows.map(({ name, measure, answer, before, after, ratio, interval, reason }) => ({
        name,
        measure,
        answer,
        before,
        after,
        ratio,
        ...ends("ratio", interval),
        reason: reason?.kind ?? null,
      }));
    case "run": {
      const { before, found, latency, timeline: _, ...rest } = document.result;
      return [{
        elapsedMs: document.elapsedMs,
        ...rest,
        okBefore: before.ok,
        failedBefore: before.failed,
        foundItemMs: found?.itemMs ?? null,
        foundCpuMs: found?.cpuMs ?? null,
        targetP99Ms: latency?.targetMs ?? null,
        missedP99Ms: latency?.missedMs ?? null,
      }];
    }
    default:
      return [];
  }
}

function ends(name: string, interval: readonly [number, number] | null): Row {
  return { [`${name}Low`]: interval?.[0] ?? null, [`${name}High`]: interval?.[1] ?? null };
}

function quantityColumns(name: string, quantity: Quantity | null | undefined): Row {
  return {
    [name]: quantity?.value ?? null,
    [`${name}Unit`]: quantity?.unit ?? null,
    [`${name}Of`]: quantity?.of ?? null,
  };
}

function metricColumns(cell: CellMetrics): Row {
  const names = Object.entries<Metric>(metrics).flatMap(([name, { ofCell }]) => ofCell === undefined ? [] : [name]);
  return Object.fromEntries(names.map((name) => [name, cell[name as keyof CellMetrics]]));
}

function runtimeColumns(runtime: MeasuredCell["runtime"]): Row {
  return runtime === undefined ? {} : { runtime: runtimeName(runtime), runtimeVersion: runtime.version };
}

function lineOf(cells: readonly Cell[]): string {
  return `${cells.map(fieldOf).join(",")}\r\n`;
}

/**
 * A cell. Spreadsheets take a text that begins like a formula for one, so it gets a ' before it (OWASP, "CSV Injection"): texts
 * come from jobs and items. Numbers are ours.
 */
function fieldOf(cell: Cell): string {
  if (typeof cell !== "string") return cell === null ? "" : String(cell);
  const defused = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(defused) ? `"${defused.replaceAll('"', '""')}"` : defused;
}

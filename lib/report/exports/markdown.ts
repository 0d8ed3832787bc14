import type { AnyDocument, Document } from "../../model/document.ts";
import { claimsFindings } from "../claims_text.ts";
import { marks } from "../claims_table.ts";
import { changeCells, changeColumns, type Changed } from "../changes_text.ts";
import { amountText, changeFindings, doubts, findings } from "../compare_text.ts";
import { diffCells, diffColumns, diffFindings, diffWarnings, sideText } from "../diff_text.ts";
import { modeCells, modesColumns } from "../modes_table.ts";
import { printable } from "../printable.ts";
import { quantityText } from "../quantity_text.ts";
import { runText } from "../run_text.ts";
import { runtimeRows } from "../runtimes_table.ts";
import { isShown, numbers, numbersOf, scaleFindings, stopText } from "../scale_text.ts";
import { sidesOf } from "../sides.ts";
import { plainStyle } from "../style.ts";
import { agreementText, streamSummary } from "../streams_text.ts";
import { left, right } from "../table.ts";
import { formatInterval, formatRatio } from "../units.ts";
import { placeText, whole } from "../words.ts";
import { bullets, cell, code, escaped, table } from "./markdown_text.ts";

/** A document as Markdown: a heading, its table, and what was found as a list. */
export function markdown(document: AnyDocument): string {
  const { machine, tool, seed } = document;
  const place = [placeText({ tool, machine }), ...seed === null ? [] : [`seed ${seed}`]].join(" · ");
  return [heading(document), `${escaped(place)}\n`, ...sections(document)].filter((part) => part !== "").join("\n");
}

function heading(document: AnyDocument): string {
  const { command } = document;
  const of = command === "diff" ? ` of ${document.result.of}` : "";
  const job = command === "compare"
    ? comparedCode(document.result)
    : command === "diff" && document.result.job !== null
    ? code(document.result.job)
    : "";
  return `### tandem ${command}${of}${job === "" ? "" : ` ${job}`}\n`;
}

/** `old.js` with `new.js`, or `job.js` in two runtimes, as code. */
function comparedCode({ job, against }: Document<"compare">["result"]): string {
  if (against === undefined) return code(job);
  const { old, now } = sidesOf({ job, against });
  return against.runtimes === undefined
    ? `${code(old.name)} with ${code(now.name)}`
    : `${code(job)} in ${escaped(old.name)} and ${escaped(now.name)}`;
}

function sections(document: AnyDocument): string[] {
  switch (document.command) {
    case "claims":
      return claimsSections(document);
    case "compare":
      return compareSections(document);
    case "scale": {
      const rows = document.result.rungs.filter(isShown).map((rung) => [
        whole(rung.alive),
        rung.kind,
        ...numbersOf(rung).map(cell),
        rung.stoppedBy === null ? "" : cell(stopText(rung)),
      ]);
      const columns = [right("ALIVE"), left("KIND"), ...numbers, left("STOPPED")];
      return [table(columns, rows), bullets(scaleFindings(document.result))];
    }
    case "streams": {
      const { runs } = document.result;
      const rows = runs.flatMap(({ producer, items }) =>
        items.map(({ atMs, kind, text }) => [producer, `${Math.round(atMs)} ms`, kind, cell(text)])
      );
      const said = [...runs.map((run) => streamSummary(run, plainStyle)), agreementText(document.result, plainStyle)];
      return [table([left("PRODUCER"), right("AT"), left("KIND"), left("TEXT")], rows), bullets(said)];
    }
    case "run": {
      const [line] = runText(document, plainStyle).split("\n");
      const { next } = document.result;
      return [bullets([line]), next === null ? "" : nextBlock(next)];
    }
    case "diff": {
      const { result } = document;
      return [
        bullets([`before: ${sideText(result.before)}`, `after: ${sideText(result.after)}`, ...diffWarnings(result)]),
        table(diffColumns(result), result.rows.map((row) => diffCells(row, result.of).map(cell))),
        bullets(diffFindings(result)),
      ];
    }
    case "jobs":
    case "channel":
      return [];
    default:
      return document satisfies never;
  }
}

function claimsSections(document: Document<"claims">): string[] {
  const columns = [left("VERDICT"), left("CLAIM"), right("TASKS"), right("THREADS"), right("EFFECT"), right("95% CI")];
  const rows = document.result.claims.map(({ verdict, sentence, effect, interval, evidence }) => {
    const quantity = (side: "tasks" | "threads") => evidence?.[side] ? cell(quantityText(evidence[side])) : "–";
    const numbers = verdict === "skipped"
      ? ["–", "–", "–", ""]
      : [quantity("tasks"), quantity("threads"), effect === null ? "–" : formatRatio(effect), formatInterval(interval)];
    return [`${marks[verdict]} ${verdict}`, cell(sentence), ...numbers];
  });
  return [table(columns, rows), bullets(claimsFindings(document))];
}

function compareSections({ result, comparable, elapsedMs }: Document<"compare">): string[] {
  const { modes, grid, next, against, changes } = result;
  if (against !== undefined && changes !== undefined) {
    const changed = { ...result, against, changes };
    const rows = changes.map((change, i) => changeCells(change, modes[i]).map(cell));
    const columns = changeColumns(sidesOf(changed), "wide").map((column) => ({ ...column, title: cell(column.title) }));
    return [
      `${escaped(amountText(result))}\n`,
      table(columns, rows),
      bullets(changeFindings({ ...changed, elapsedMs }, comparable)),
      ...against.runtimes === undefined ? [] : runtimesSection(changed),
      next === null ? "" : nextBlock(next),
    ];
  }
  const columns = modesColumns("THREADS×TASKS", "VS SERIAL");
  const tableOf = (cells: typeof modes) => table(columns, cells.map((mode) => modeCells(mode).map(cell)));
  return [
    `${escaped(amountText(result))}\n`,
    tableOf(modes),
    ...grid === null ? [] : [`Every width (${code("--grid")}):\n`, tableOf(grid.cells)],
    bullets([...doubts(result), ...findings(result)]),
    next === null ? "" : nextBlock(next),
  ];
}

/** How each runtime did in each mode. */
function runtimesSection(changed: Changed): string[] {
  const { columns, rows } = runtimeRows(changed);
  return ["Each runtime:\n", table(columns, rows.map((row) => row.map(cell)))];
}

/** A command line as a block: no line of it has as many backticks as the fence. */
function nextBlock(next: string): string {
  const fence = "`".repeat(Math.max(3, ...[...next.matchAll(/`+/g)].map(([run]) => run.length + 1)));
  return `${fence}sh\n${printable(next)}\n${fence}\n`;
}

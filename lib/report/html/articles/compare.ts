import type { CompareResult, Phases } from "../../../model/comparison.ts";
import type { Document } from "../../../model/document.ts";
import { modeName } from "../../../model/grid.ts";
import type { UseReason } from "../../../model/reason.ts";
import { amountText, aroundText, breakEvenText, phasesText } from "../../compare_text.ts";
import { modeCells, modesColumns } from "../../modes_table.ts";
import { adviceLines, noticeLine, reasonText, useText } from "../../reason_words.ts";
import { haveSameCode } from "../../sides.ts";
import { formatDuration, formatRatio } from "../../units.ts";
import { partsBar } from "../charts/bar.ts";
import { forestPlot } from "../charts/forest.ts";
import { type Markup, nothing } from "../markup.ts";
import { type Article, asSentence, beside, notes, section } from "../section.ts";
import { left, right } from "../../table.ts";
import { table } from "../table.ts";
import { gridSection } from "./grid.ts";
import { changesArticle } from "./changes.ts";
import { everyRun, nextSection, withoutMark } from "./compared.ts";
import { modeStrips } from "./mode_strips.ts";

/** The article of a comparison: of the modes, of two jobs, or of two runtimes. */
export function compareArticle({ result, comparable, elapsedMs }: Document<"compare">, id: string): Article {
  const { advice, control, contention, grid, next, against, changes: found } = result;
  if (against !== undefined && found !== undefined) {
    return changesArticle({ ...result, against, changes: found, elapsedMs }, haveSameCode(against, comparable), id);
  }
  const [, ...changes] = adviceLines(advice);
  const isUsed = advice.kind === "use";
  return {
    headline: isUsed ? `Use ${modeName(advice)}${speedOf(advice.reason)}` : "No advice",
    tone: control.failed || contention.contended ? "bad" : isUsed ? "good" : "open",
    lead: [
      asSentence(isUsed ? useText(advice.reason) : reasonText(advice.reason)),
      ...changes.map((line) => line.trim()),
      asSentence(amountText(result)),
    ],
    sections: [
      speed(result, id),
      ...grid === null ? [] : [gridSection(grid, id)],
      ...everyRun(modeStrips(result.modes, control), id),
      item(result, id),
      ...nextSection(next),
    ],
  };
}

function speed(result: CompareResult, id: string): Markup {
  const { modes, notices } = result;
  const shown = modes.filter(({ verdict }) => verdict !== "baseline").map((mode) => ({
    label: modeName(mode),
    ratio: mode.ratio,
    interval: mode.interval,
    color: mode.mode,
  }));
  const unclear = modes.flatMap(({ mode, reason }) => reason === null ? [] : [`${mode}: ${reasonText(reason)}`]);
  const title = "Speed of each mode compared with serial, with its 95 % interval";
  return section(
    "Speed",
    "How many times as fast as serial, with its 95 % interval.",
    beside(
      shown.length === 0 ? nothing : forestPlot(`${id}-speed`, title, shown),
      table("Modes", modesColumns("N×K", "VS SERIAL"), modes.map(modeCells)),
    ),
    notes([...unclear, aroundText(result), ...notices.map(noticeLine).map(withoutMark)]),
  );
}

const phaseNames = [
  ["computingMs", "computing", "threads"],
  ["blockingMs", "blocking", "c2"],
  ["waitingMs", "waiting", "tasks"],
  ["transferMs", "sending and receiving", "c3"],
] as const satisfies readonly (readonly [keyof Phases, string, string])[];

function item(result: CompareResult, id: string): Markup {
  const { phases } = result;
  const parts = phaseNames.flatMap(([name, label, color]) => {
    const ms = phases[name];
    return ms === null ? [] : [{ label, value: ms, text: formatDuration(ms), color }];
  });
  return section(
    "One item",
    "What an item goes through in serial, on average.",
    beside(
      partsBar(`${id}-item`, phasesText(phases), parts),
      table("Phases of an item", [left("PHASE"), right("TIME")], parts.map(({ label, text }) => [label, text])),
    ),
    notes([phasesText(phases), ...breakEvenText(result)]),
  );
}

function speedOf({ ratio }: UseReason): string {
  return ratio === null ? "" : `: ${formatRatio(ratio)} as fast as serial`;
}

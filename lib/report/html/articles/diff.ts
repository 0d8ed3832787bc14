import { type DiffAnswer, diffAnswers, type DiffResult } from "../../../model/diff.ts";
import type { Document } from "../../../model/document.ts";
import { diffCells, diffColumns, diffFindings, diffWarnings, sideText } from "../../diff_text.ts";
import { plural } from "../../words.ts";
import { partsBar } from "../charts/bar.ts";
import { forestPlot } from "../charts/forest.ts";
import { nothing } from "../markup.ts";
import { type Article, beside, notes, section } from "../section.ts";
import { table } from "../table.ts";

/** Colours of the answers. */
const colors: Readonly<Record<DiffAnswer, string>> = {
  regressed: "fails",
  improved: "holds",
  "within-noise": "serial",
  unclear: "unclear",
  new: "c0",
  gone: "skipped",
};

/** The article of two documents that were compared. */
export function diffArticle({ result }: Document<"diff">, id: string): Article {
  const { rows, counts, of } = result;
  const effects = rows.flatMap(({ name, measure, ratio, interval, answer }) => {
    const label = of === "scale" ? `${name}: ${measure}` : name; // else all rows have one measure
    return ratio === null ? [] : [{ label, ratio, interval, color: colors[answer] }];
  });
  const parts = diffAnswers.map((answer) => ({
    label: answer.replace("-", " "),
    value: counts[answer],
    text: `${counts[answer]}`,
    color: colors[answer],
  }));
  const said = parts.map(({ label, text }) => `${text} ${label}`).join(", ");
  return {
    headline: headlineOf(result),
    tone: counts.regressed > 0 ? "bad" : counts.unclear > 0 ? "open" : "good",
    lead: [
      `Before: ${sideText(result.before)}`,
      `After: ${sideText(result.after)}`,
      ...diffWarnings(result).map((line) => line.replace(/^! /, "")),
    ],
    ...rows.length === 0 ? {} : { banner: partsBar(`${id}-counts`, `Answers: ${said}`, parts) },
    sections: [
      section(
        "Changes",
        "After divided by before, with its 95 % interval. Of times and memory, less than 1× is better; of effects, more.",
        beside(
          effects.length === 0
            ? nothing
            : forestPlot(`${id}-changes`, "After divided by before, with 95 % intervals", effects),
          table("All changes", diffColumns(result), rows.map((row) => diffCells(row, of))),
        ),
        notes(diffFindings(result).map((line) => line.trim())),
      ),
    ],
  };
}

function headlineOf({ rows, counts: { regressed, improved, unclear } }: DiffResult): string {
  const of = `of ${plural(rows.length, "number")}`;
  if (regressed > 0) return `${regressed} ${of} regressed${improved > 0 ? `, ${improved} improved` : ""}`;
  if (improved > 0) return `${improved} ${of} improved, none regressed`;
  if (rows.length === 0) return "Nothing to compare";
  return unclear > 0 ? "No change is shown" : "Nothing has changed beyond noise";
}

import type { ClaimsResult, JudgedClaim } from "../../../model/claim.ts";
import type { Document } from "../../../model/document.ts";
import { modeName } from "../../../model/grid.ts";
import { marks } from "../../claims_table.ts";
import { controlLine, usesText } from "../../claims_text.ts";
import { modeCells, modesColumns } from "../../modes_table.ts";
import { evidenceText, shortQuantityText } from "../../quantity_text.ts";
import { reasonText } from "../../reason_words.ts";
import { plural } from "../../words.ts";
import { partsBar } from "../charts/bar.ts";
import { type Effect, forestPlot, ratioText } from "../charts/forest.ts";
import { type Markup, markup } from "../markup.ts";
import { type Article, asSentence, beside, notes, section } from "../section.ts";
import { left, right } from "../../table.ts";
import { table } from "../table.ts";
import { claimRuns } from "./claim_runs.ts";

const verdicts = ["holds", "fails", "unclear", "skipped"] as const;

/** The article of tested claims. */
export function claimsArticle({ result }: Document<"claims">, id: string): Article {
  const { claims, counts, works, advice, control } = result;
  const fails = counts.fails === 0 ? "" : `, ${counts.fails} ${counts.fails === 1 ? "fails" : "fail"}`;
  const parts = verdicts.map((word) => ({ label: word, value: counts[word], text: `${counts[word]}`, color: word }));
  return {
    headline: `${counts.holds} of ${plural(claims.length, "claim")} hold on this machine${fails}`,
    tone: control?.failed ? "bad" : "good",
    lead: [
      ...control?.failed ? [asSentence(reasonText({ kind: "control-failed" }))] : [],
      ...works.length === 0 ? [] : [usesText(advice)],
    ],
    banner: partsBar(
      `${id}-counts`,
      `Verdicts: ${parts.map(({ label, text }) => `${text} ${label}`).join(", ")}`,
      parts,
    ),
    sections: [
      effects(claims, id),
      section(
        "Claim by claim",
        "tandem explain NAME tells how a claim is measured.",
        markup`<dl class="seen">${claims.map(seen)}</dl>`,
      ),
      ...works.length === 0 ? [] : [modes(result, id)],
      ...claimRuns(result, id),
    ],
  };
}

function effects(claims: readonly JudgedClaim[], id: string): Markup {
  const shown = claims.flatMap(({ sentence, effect, interval, verdict, reason }): Effect[] => {
    if (effect === null || verdict === "skipped") return [];
    const limit = "at" in reason && reason.unit === "ratio" ? { limit: reason.at } : {};
    return [{ label: sentence, ratio: effect, interval, color: verdict, ...limit }];
  }).toSorted((a, b) => b.ratio - a.ratio);
  const columns = [left("CLAIM"), left("VERDICT"), right("TASKS"), right("THREADS"), right("EFFECT (95% CI)")];
  const rows = claims.map((claim) => [claim.sentence, verdictMark(claim), ...sides(claim)]);
  const chart = shown.length === 0
    ? markup``
    : forestPlot(`${id}-effects`, "Effect of each claim with its 95 % interval, on a logarithmic axis", shown);
  return section(
    "Effects",
    "How many times better one side is than the other, with its 95 % interval; the small upright line is the limit that the " +
      "interval must pass. Claims that are counted have no ratio.",
    beside(chart, table("All claims", columns, rows)),
  );
}

function sides({ verdict, evidence, effect, interval }: JudgedClaim): string[] {
  if (verdict === "skipped") return ["–", "–", "–"];
  const side = (of: "tasks" | "threads") => evidence?.[of] ? shortQuantityText(evidence[of], 8) : "–";
  return [side("tasks"), side("threads"), effect === null ? "–" : ratioText(effect, interval)];
}

function verdictMark({ verdict }: Pick<JudgedClaim, "verdict">): Markup {
  return markup`<b class="${verdict}">${marks[verdict]} ${verdict}</b>`;
}

/** A claim, and what shows that it holds or not, or why it is open. */
function seen({ id, sentence, source, verdict, reason, evidence }: JudgedClaim): Markup {
  const isOpen = verdict === "unclear" || verdict === "skipped";
  const why = [...isOpen ? [asSentence(reasonText(reason))] : [], ...evidence === null ? [] : [evidenceText(evidence)]]
    .join(" ");
  return markup`<div><dt>${
    verdictMark({ verdict })
  } ${sentence} <small>${source}</small></dt><dd>${why} <code>${id}</code></dd></div>`;
}

function modes({ works }: ClaimsResult, id: string): Markup {
  const rows = works.flatMap(({ work, modes }) => modes.map((mode) => ({ work, mode })));
  const shown = rows.filter(({ mode }) => mode.verdict !== "baseline").map(({ work, mode }) => ({
    label: `${work}: ${modeName(mode)}`,
    ratio: mode.ratio,
    interval: mode.interval,
    color: mode.mode,
  }));
  return section(
    "Three kinds of work",
    `Speed of each mode, compared with serial. ${works.map(({ work, about }) => `${work}: ${about}`).join(" · ")}`,
    beside(
      forestPlot(`${id}-modes`, "Speed of each mode compared with serial, with its 95 % interval", shown),
      table(
        "Modes",
        [left("WORK"), ...modesColumns("N×K", "RATIO")],
        rows.map(({ work, mode }) => [work, ...modeCells(mode)]),
      ),
    ),
    notes(controlLine(works)),
  );
}

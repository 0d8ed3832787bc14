import type { ClaimsResult, ComparedWork, JudgedClaim } from "../model/claim.ts";
import type { Control } from "../model/comparison.ts";
import type { Document } from "../model/document.ts";
import { type Mode, modeName } from "../model/grid.ts";
import { dim, green, red, yellow } from "./colors.ts";
import { modesTable } from "./modes_table.ts";
import { noticeLine, reasonText } from "./reason_words.ts";
import { wrapLines } from "./wrap.ts";
import type { Style } from "./style.ts";
import { type Column, fittedTable } from "./table.ts";
import { formatDuration, formatInterval, formatRatio } from "./units.ts";
import { placeText, plural } from "./words.ts";

const marks = { holds: "✔", fails: "✘", unclear: "≈", skipped: "–" } as const;
const verdictColors = { holds: green, fails: red, unclear: yellow, skipped: dim } as const;

/** The text of tested claims: what runs where, each claim's verdict, all that was measured, and what to use. */
export function claimsText(document: Document<"claims">, style: Style): string {
  const { result, elapsedMs } = document;
  const { claims, works, notices } = result;
  const rows = works.flatMap(({ work, modes }) => modes.map((mode) => ({ work, mode })));
  const prose = (lines: readonly string[]) => wrapLines(lines, style.width);
  return [
    ...prose([placeText(document), suiteLine(document)]),
    "",
    ...claimsTable(claims, works, style),
    "",
    ...modesTable(rows, style),
    "",
    ...prose([...endLines(result, elapsedMs), ...notices.map(noticeLine), ...adviceLine(works)]),
  ].join("\n") + "\n";
}

/** How it was measured, and whether that can be trusted. */
function suiteLine({ result: { claims, rounds, control }, seed }: Document<"claims">): string {
  const shuffled = `${plural(rounds, "shuffled round")} each`;
  return [plural(claims.length, "claim"), shuffled, `seed ${seed}`, controlText(control)].join(" · ");
}

function controlText({ ratio, interval }: Control): string {
  return `A/A control ${formatRatio(ratio)} ${formatInterval(interval)}`.trimEnd();
}

/** The claims with their verdicts; times are medians. */
function claimsTable(claims: readonly JudgedClaim[], works: readonly ComparedWork[], style: Style): string[] {
  const columns: Column[] = [
    { title: "VERDICT", align: "left" },
    { title: "CLAIM", align: "left" },
    { title: "BASELINE", align: "right" },
    { title: "MODE", align: "right" },
    { title: "EFFECT", align: "right" },
    { title: "95% CI", align: "right" },
  ];
  const side = (work: string, wanted: Mode) => {
    const found = works.find((one) => one.work === work)?.modes.find(({ mode }) => mode === wanted);
    return found === undefined ? wanted : `${wanted} ${formatDuration(found.elapsedMs)}`;
  };
  const cells = claims.map(({ verdict, sentence, effect, interval, evidence: { work, baseline, mode } }) => [
    `${marks[verdict]} ${verdict}`,
    sentence,
    side(work, baseline),
    side(work, mode),
    formatRatio(effect),
    formatInterval(interval),
  ]);
  const paint = (cell: string, column: number, row: number) =>
    style.color && row >= 0 && column === 0 ? verdictColors[claims[row].verdict](cell) : cell;
  return fittedTable([columns], cells, 2, style, paint);
}

/** How many verdicts of each kind, and why some claims do not hold: each reason once. */
function endLines({ claims, counts }: ClaimsResult, elapsedMs: number): string[] {
  const said = (["holds", "fails", "unclear", "skipped"] as const)
    .filter((word) => counts[word] > 0)
    .map((word) => `${counts[word]} ${counts[word] > 1 ? word.replace(/^(hold|fail)s$/, "$1") : word}`);
  const open = Map.groupBy(claims.filter(({ verdict }) => verdict !== "holds"), ({ reason }) => reasonText(reason));
  const reasons = [...open].flatMap(([reason, alike]) => {
    const about = alike.length === 1 ? `"${alike[0].sentence}"` : plural(alike.length, "claim");
    return [`  ${about}: ${reason}`, `    tandem explain ${alike.map(({ id }) => id).join(" ")}`];
  });
  return [`${said.join(", ")}   ${formatDuration(elapsedMs)}`, ...reasons];
}

/** The mode to use for each kind of work, or why there is none. */
function adviceLine(works: readonly ComparedWork[]): string[] {
  const use = works.flatMap(({ work, advice }) => advice.kind === "use" ? [`${work}: ${modeName(advice)}`] : []);
  if (use.length > 0) return [`Use here: ${use.join(" · ")}`];
  return works.slice(0, 1).flatMap(({ advice }) =>
    advice.kind === "none" ? [`No advice: ${reasonText(advice.reason)}.`] : []
  );
}

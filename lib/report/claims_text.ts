import type { ClaimsAdvice, ClaimsResult, ComparedWork, JudgedClaim, WorkAdvice } from "../model/claim.ts";
import type { Document, Head } from "../model/document.ts";
import type { ClaimReason } from "../model/reason.ts";
import { claimRow, claimTitles, marks } from "./claims_table.ts";
import { modesTable } from "./modes_table.ts";
import { printableLine } from "./printable.ts";
import { evidenceText, quantityText } from "./quantity_text.ts";
import { reasonText } from "./reason_words.ts";
import type { Style } from "./style.ts";
import { formatDuration, formatInterval, formatRatio } from "./units.ts";
import { placeText, plural } from "./words.ts";
import { asText, wrapLines } from "./wrap.ts";

/** What is known of tested claims before the first of them is settled. */
export type ClaimsBegin = Pick<Head<"claims">, "tool" | "machine" | "seed"> & { readonly claims: number };

/** The text of tested claims, as it appears on the screen: its beginning, a row for each claim, and its end. */
export function claimsText(document: Document<"claims">, style: Style): string {
  const { claims } = document.result;
  const begin = claimsBegin({ ...document, claims: claims.length }, style);
  return [begin, ...claims.map((claim) => claimLines(claim, style)), claimsEnd(document, style)].join("");
}

/** With at most so many claims, what was measured is shown for those that hold, too. */
const fewClaims = 3;

/** What runs where, and the titles of the table. */
export function claimsBegin({ claims, seed, ...place }: ClaimsBegin, style: Style): string {
  const head = wrapLines(
    [placeText(place), `${plural(claims, "claim")} · shuffled rounds · seed ${seed}`],
    style.width,
  );
  return asText([...head, "", ...claimTitles(style)]);
}

/** A settled claim; nothing for one that the user did not wait for. */
export function claimLines(claim: JudgedClaim, style: Style): string {
  return claim.reason.kind === "stopped" ? "" : asText(claimRow(claim, style));
}

/** The end: how many verdicts of each kind, why some claims do not hold, all that was measured, and what to use. */
export function claimsEnd(document: Document<"claims">, style: Style): string {
  const { works, effort } = document.result;
  const measured = effort === "full" ? works.filter(({ modes }) => modes.length > 0) : [];
  return asText([
    "",
    ...measured.flatMap(({ work, modes }) => [`${printableLine(work)}:`, ...modesTable(modes, style), ""]),
    ...wrapLines(claimsFindings(document), style.width),
  ]);
}

/** The end without its table, as lines. */
export function claimsFindings({ result, elapsedMs }: Document<"claims">): string[] {
  const { claims, works, advice } = result;
  return [
    countLine(result, elapsedMs),
    ...claims.filter(({ verdict }) => verdict === "fails" || verdict === "holds" && claims.length <= fewClaims)
      .flatMap(evidenceLines),
    ...reasonLines(claims),
    ...controlLine(works),
    ...works.length > 0 ? adviceLines(advice) : [],
  ];
}

function countLine({ counts }: ClaimsResult, elapsedMs: number): string {
  const said = (["holds", "fails", "unclear", "skipped"] as const)
    .filter((word) => counts[word] > 0)
    .map((word) => `${counts[word]} ${counts[word] > 1 ? word.replace(/^(hold|fail)s$/, "$1") : word}`);
  return `${said.join(", ")}   ${formatDuration(elapsedMs)}`;
}

/** What shows that a claim holds, or fails, here. */
function evidenceLines({ id, sentence, verdict, evidence }: JudgedClaim): string[] {
  const why = evidence === null ? "" : `: ${evidenceText(evidence)}`;
  return [`  ${marks[verdict]} "${printableLine(sentence)}"${why}`, `    tandem explain ${printableLine(id)}`];
}

/** Why claims are open: each reason once. */
function reasonLines(claims: readonly JudgedClaim[]): string[] {
  const open = claims.filter(({ verdict }) => verdict === "unclear" || verdict === "skipped");
  return [...Map.groupBy(open, ({ reason }) => reasonText(reason))].flatMap(([reason, alike]) => {
    const [{ verdict, sentence, reason: { kind } }] = alike;
    const about = alike.length === 1 ? `"${printableLine(sentence)}"` : plural(alike.length, "claim");
    const ids = alike.map(({ id }) => printableLine(id)).join(" ");
    return [`  ${marks[verdict]} ${about}: ${reason}`, ...isExplained(kind) ? [`    tandem explain ${ids}`] : []];
  });
}

/** Whether `tandem explain` says more of a claim that is open for that reason. */
function isExplained(kind: ClaimReason["kind"]): boolean {
  return !["left-out", "time-up", "stopped", "too-few-cores"].includes(kind);
}

/** The control of each kind of work, and how many rounds there were time for. */
export function controlLine(works: readonly Pick<ComparedWork, "work" | "control" | "rounds">[]): string[] {
  if (works.length === 0) return [];
  const each = works.map(({ work, rounds, control: { ratio, interval } }) =>
    `${printableLine(work)} ${`${formatRatio(ratio)} ${formatInterval(interval)}`.trimEnd()} in ${
      plural(rounds, "round")
    }`
  );
  return [`A/A controls: ${each.join(" · ")}`];
}

const workNames: Readonly<Record<WorkAdvice["work"], string>> = {
  waiting: "waiting",
  computing: "computing",
  mixed: "a mix of the two",
};

/** What the verdicts on kinds of work recommend, with the numbers that it rests on. */
function adviceLines(advice: ClaimsAdvice): string[] {
  return [
    usesText(advice),
    ...advice.uses.length === 0 ? [] : ["Next: tandem explain CLAIM · tandem compare your-job.ts"],
  ];
}

/** The modes to use, each with its ratio, and where threads begin to win. */
export function usesText({ uses, breakEven }: ClaimsAdvice): string {
  if (uses.length === 0) return "No advice: no claim that recommends a mode holds here.";
  const parts = uses.map(({ work, mode, ratio }) => `${mode} for ${workNames[work]} (${formatRatio(ratio)})`);
  return `Use ${parts.join(", ")}.${breakEvenText(breakEven)}`;
}

function breakEvenText(breakEven: ClaimsAdvice["breakEven"]): string {
  if (breakEven === null) return "";
  const [computing, waiting] = [breakEven.computing, breakEven.waiting].map(quantityText);
  return ` Items that wait ${waiting} are faster in threads if each computes more than ${computing}.`;
}

import {
  type ComparedPart,
  comparedParts,
  type DiffAnswer,
  diffAnswers,
  type DiffReason,
  type DiffResult,
  type DiffRow,
  type DiffSide,
} from "../model/diff.ts";
import type { Document } from "../model/document.ts";
import type { Interval } from "../stats/interval.ts";
import { ratioBetween } from "../stats/rank_sum.ts";
import { endsOf, estimateRatio } from "../stats/ratio_estimate.ts";
import { difference } from "../stats/verdict.ts";
import { type Diffed, quantitiesOf, type Quantity } from "./quantities.ts";

/** Two documents of one command. */
export type Pair = {
  readonly [C in Diffed]: { readonly before: Document<C>; readonly after: Document<C> };
}[Diffed];

/**
 * What has changed from one document to another. The runs of the two are independent, so a ratio has the interval of two samples; it
 * shows a change only if all of it lies beyond the margin (a share, 0.02 is 2 %), and none only if all of it lies within.
 */
export function diffDocuments({ before, after }: Pair, margin: number): DiffResult {
  const [old, now] = [before, after].map(quantitiesOf);
  const keyOf = ({ name, measure }: Quantity) => `${name} ${measure}`;
  const later = new Map(now.map((quantity) => [keyOf(quantity), quantity]));
  const known = new Set(old.map(keyOf));
  const rows = [
    ...old.map((quantity) => rowOf(quantity, later.get(keyOf(quantity)), margin)),
    ...now.filter((quantity) => !known.has(keyOf(quantity))).map((quantity) => rowOf(undefined, quantity, margin)),
  ];
  const count = (answer: DiffAnswer) => rows.filter((row) => row.answer === answer).length;
  return {
    of: before.command,
    job: after.command === "compare" ? after.result.job : null,
    before: sideOf(before),
    after: sideOf(after),
    differs: comparedParts.filter((part) => before.comparable[hashes[part]] !== after.comparable[hashes[part]]),
    margin,
    rows,
    counts: Object.fromEntries(diffAnswers.map((answer) => [answer, count(answer)])) as DiffResult["counts"],
  };
}

const hashes = {
  job: "jobSha256",
  items: "itemsSha256",
  options: "optionsSha256",
  machine: "machineSha256",
  versions: "versionsSha256",
} as const satisfies Readonly<Record<ComparedPart, string>>;

function sideOf({ startedAt, tool, machine }: Document<Diffed>): DiffSide {
  const { cpu, usableCores } = machine;
  return { startedAt, version: tool.version, deno: tool.deno, cpu, usableCores };
}

function rowOf(old: Quantity | undefined, now: Quantity | undefined, margin: number): DiffRow {
  const some = old ?? now!; // one of them is there
  const [before, after] = [old?.value ?? null, now?.value ?? null];
  const row = { name: some.name, measure: some.measure, before, after, ratio: null, interval: null };
  if (old === undefined) return { ...row, answer: "new", reason: null };
  if (now === undefined) return { ...row, answer: "gone", reason: null };
  const flip = verdictAnswer(old, now);
  if (before === null || after === null) {
    return { ...row, ...flip ?? { answer: "unclear", reason: { kind: "no-number" } } };
  }
  const { ratio, interval } = compared(old, now);
  const found = { ...row, ratio: Number.isNaN(ratio) ? after / before : ratio, interval: endsOf(interval) };
  return { ...found, ...flip ?? answerOf(some.better, interval, old.doubt ?? now.doubt, margin) };
}

/** How the verdicts of a claim decide: if they differ, and where there are no numbers to compare. */
function verdictAnswer(
  old: Quantity,
  now: Quantity,
): { readonly answer: DiffAnswer; readonly reason: DiffReason } | undefined {
  const [before, after] = [old.verdict, now.verdict];
  if (before === undefined || after === undefined) return undefined;
  const isDecided = (verdict: string) => verdict === "holds" || verdict === "fails";
  const reason = { kind: "verdicts", before, after } as const;
  if (!isDecided(before) || !isDecided(after)) return { answer: "unclear", reason };
  if (before !== after) return { answer: after === "holds" ? "improved" : "regressed", reason };
  const hasNumbers = [old, now].every(({ value, samples }) => value !== null && samples.size > 0);
  return hasNumbers ? undefined : { answer: "within-noise", reason };
}

function compared(old: Quantity, now: Quantity): { readonly ratio: number; readonly interval: Interval } {
  if (!old.paired) return ratioBetween([...old.samples.values()], [...now.samples.values()]);
  const common = [...old.samples].flatMap(([place, value]) => {
    const other = now.samples.get(place);
    return other === undefined ? [] : [Math.log(other / value)];
  });
  return estimateRatio(common);
}

function answerOf(
  better: Quantity["better"],
  interval: Interval,
  doubt: Quantity["doubt"],
  margin: number,
): { readonly answer: DiffAnswer; readonly reason: DiffReason | null } {
  if (interval.kind !== "interval") {
    const { found: rounds, needed } = interval;
    return { answer: "unclear", reason: { kind: "too-few-rounds", rounds, needed } };
  }
  if (doubt !== null) return { answer: "unclear", reason: doubt };
  const shown = difference(interval, 1 + margin);
  if (shown === undefined) return { answer: "unclear", reason: { kind: "crosses-margin" } };
  if (shown === "same") return { answer: "within-noise", reason: null };
  const isMore = shown === "faster"; // the ratio is after / before: above 1 is more of it
  return { answer: isMore === (better === "bigger") ? "improved" : "regressed", reason: null };
}

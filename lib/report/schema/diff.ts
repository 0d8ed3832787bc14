import * as v from "valibot";
import { comparedParts, diffAnswers, diffMeasures, type DiffReason, type DiffResult } from "../../model/diff.ts";
import { count, interval, kinds, list, number, object, oneOf, orNull, schemaOf, string, timestamp } from "./fields.ts";
import { document, noSeed } from "./head.ts";
import { doubts, kind } from "./reasons.ts";

const reason = schemaOf<DiffReason>()(kinds([
  ...doubts,
  object(kind("crosses-margin"), "the interval crosses an edge of the margin"),
  object({
    ...kind("verdicts"),
    before: string("the claim's verdict before"),
    after: string("its verdict after"),
  }, "the verdicts of a claim decide"),
  object(kind("no-number"), "there is no number to compare"),
], "why a row has its answer"));

const row = object({
  name: string("a mode, a place in a sweep (threads×tasks), a claim or a kind"),
  measure: oneOf(
    diffMeasures,
    "time of an item, memory of one, time to start one, or how many times better one side is",
  ),
  before: orNull(v.number(), "the number before, in milliseconds or bytes, or a ratio; null: there is none"),
  after: orNull(v.number(), "the number after; null: there is none"),
  ratio: orNull(v.number(), "after / before, estimated from all runs; null: one of them is missing"),
  interval: interval("of ratio; null: too few runs"),
  answer: oneOf(diffAnswers, "what that shows, given the margin"),
  reason: orNull(reason, "why it is unclear, or what else decided; null: the interval did"),
}, "one thing that was measured in both, or in one of them");

const side = (when: string) =>
  object({
    startedAt: timestamp("when it began, in UTC"),
    version: string("version of tandem"),
    deno: string("version of Deno"),
    cpu: string("name of the processor"),
    usableCores: count("cores that could be used"),
  }, `the document ${when}`);

const result = schemaOf<DiffResult>()(object({
  of: oneOf(["claims", "compare", "scale"], "the command whose documents they are"),
  job: orNull(v.string(), "the job; null: the command has none"),
  before: side("before"),
  after: side("after"),
  differs: list(oneOf(comparedParts, "a part"), "the parts in which they differ: a difference may come from these"),
  margin: number("the smallest difference worth reporting, as a share: 0.02 is 2 %"),
  rows: list(row, "what was compared, in the order of the documents"),
  counts: object({
    regressed: count("rows that regressed"),
    improved: count("rows that improved"),
    "within-noise": count("rows whose difference lies within the margin"),
    unclear: count("rows of which nothing is shown"),
    new: count("rows that only the later document has"),
    gone: count("rows that only the earlier document has"),
  }, "how many rows have each answer"),
}, "what has changed from one document to another"));

/** The document of `tandem diff`, given its flags. */
export const diffDocument = document(
  "diff",
  { seed: noSeed, result },
  "what tandem diff BEFORE AFTER --json prints: what has changed between two documents",
);

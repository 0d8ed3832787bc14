import * as v from "valibot";
import { count, interval, list, number, object, oneOf, orNull, string } from "./fields.ts";
import { document, seed } from "./head.ts";
import { cellFields, control, modes } from "./measured.ts";

const ratio = orNull(
  v.number(),
  "the Hodges-Lehmann estimate of time of the baseline / time of the mode, above 1 where the mode is faster; " +
    "null: no round was whole",
);

const evidence = object({
  experiment: string("the work that was measured"),
  baseline: oneOf(modes, "the mode that is compared with"),
  mode: oneOf(modes, "the mode that the claim is about"),
  ratio,
  interval: interval("of ratio; null: too few rounds"),
  rounds: count("rounds in which both were measured"),
  ratios: list(v.number(), "the ratio of each of these rounds"),
}, "the measurement behind the verdict");

const claim = object({
  id: string("its name, as tandem explain takes it"),
  sentence: string("what it says"),
  source: string("who says so"),
  verdict: oneOf(["holds", "fails", "unclear", "skipped"], "what it came to on this machine"),
  reason: string("why, as the end of a sentence"),
  effect: ratio,
  interval: interval("of effect; null: too few rounds"),
  evidence,
}, "one claim, and how it was judged");

const summary = object({
  experiment: string("the work that was measured"),
  cell: object(cellFields, "where it was measured"),
  medianMs: number("median time of a run, in milliseconds"),
  itemsPerSecond: number("items a second, at the median"),
  samplesMs: list(v.number(), "time of each run, by round, in milliseconds"),
}, "one kind of work in one mode");

const result = object({
  control,
  contention: object({
    foreignCores: number("cores that were busy with other programs, on average"),
  }, "what other programs took of the machine meanwhile"),
  claims: list(claim, "the claims, in the order of the report"),
  counts: object({
    holds: count("claims that hold"),
    fails: count("claims that fail"),
    unclear: count("claims that are unclear"),
    skipped: count("claims that were skipped"),
  }, "how many claims came to each verdict"),
  modes: list(summary, "all that was measured"),
}, "the claims with their verdicts");

/** The document of `tandem claims`, given its flags. */
export const claimsDocument = document(
  "claims",
  { seed, result },
  "what tandem claims --json prints: claims about tasks and threads, measured and judged",
);

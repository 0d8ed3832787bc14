import * as v from "valibot";
import type { ClaimsResult, ComparedWork, Comparison, JudgedClaim } from "../../model/claim.ts";
import { modes } from "./cells.ts";
import { count, interval, list, number, object, oneOf, schemaOf, string } from "./fields.ts";
import { document, seed } from "./head.ts";
import { contention, control, mode } from "./measured.ts";
import { advice, claimReason, notices } from "./reasons.ts";

const ratio = number(
  "the Hodges-Lehmann estimate of time of the baseline / time of the mode, above 1 where the mode is faster",
);

const evidence = schemaOf<Comparison>()(object({
  work: string("the work that was measured"),
  baseline: oneOf(modes, "the mode that is compared with"),
  mode: oneOf(modes, "the mode that the claim is about"),
  ratio,
  interval: interval("of ratio; null: too few rounds"),
  rounds: count("rounds in which both were measured"),
  ratios: list(v.number(), "the ratio of each of these rounds"),
}, "the measurement behind the verdict"));

const claim = schemaOf<JudgedClaim>()(object({
  id: string("its name, as tandem explain takes it"),
  sentence: string("what it says"),
  source: string("who says so"),
  verdict: oneOf(["holds", "fails", "unclear", "skipped"], "what it came to on this machine"),
  reason: claimReason,
  effect: ratio,
  interval: interval("of effect; null: too few rounds"),
  evidence,
}, "one claim, and how it was judged"));

const work = schemaOf<ComparedWork>()(object({
  work: string("the work's name, as evidence has it"),
  about: string("what an item does"),
  itemCount: count("items of a run"),
  modes: list(mode, "the modes, serial first"),
  advice,
}, "one kind of work in all modes"));

const result = schemaOf<ClaimsResult>()(object({
  rounds: count("rounds in which everything was run"),
  control,
  contention,
  claims: list(claim, "the claims, in the order of the report"),
  counts: object({
    holds: count("claims that hold"),
    fails: count("claims that fail"),
    unclear: count("claims that are unclear"),
    skipped: count("claims that were skipped"),
  }, "how many claims came to each verdict"),
  works: list(work, "all that was measured"),
  notices,
}, "the claims with their verdicts"));

/** The document of `tandem claims`, given its flags. */
export const claimsDocument = document(
  "claims",
  { seed, result },
  "what tandem claims --json prints: claims about tasks and threads, measured and judged",
);

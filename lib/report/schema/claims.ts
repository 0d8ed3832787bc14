import * as v from "valibot";
import type { ClaimsAdvice, ClaimsResult, ComparedWork, Evidence, JudgedClaim } from "../../model/claim.ts";
import type { Quantity } from "../../model/quantity.ts";
import { count, interval, list, number, object, oneOf, orNull, record, schemaOf, string } from "./fields.ts";
import { document, seed } from "./head.ts";
import { contention, control, mode } from "./measured.ts";
import { advice, claimReason, effort, notices, unit } from "./reasons.ts";

const quantity = schemaOf<Quantity>()(object({
  value: number("the number"),
  unit,
  interval: interval("of value, in the same unit; null: none"),
  of: orNull(v.number(), "of how many, if value counts some of them"),
}, "a measured number"));

const evidence = schemaOf<Evidence>()(object({
  tasks: orNull(quantity, "what tasks show; null: it is not about them"),
  threads: orNull(quantity, "what threads show; null: it is not about them"),
  says: string("the evidence in a sentence; {name} stands for the quantity of that name"),
  quantities: record(quantity, "the numbers of the sentence, by name"),
  samples: record(
    list(v.number(), "in the order in which they were read"),
    "series of readings; names end in their unit",
  ),
}, "what was measured for a claim"));

const effect = orNull(
  v.number(),
  "how many times better one side is; null: the claim is not about a ratio, or it was skipped",
);

const claim = schemaOf<JudgedClaim>()(object({
  id: string("its name, as tandem explain takes it"),
  sentence: string("what it says"),
  source: oneOf(["article", "book", "article and book"], "which text says so"),
  verdict: oneOf(["holds", "fails", "unclear", "skipped"], "what it came to on this machine"),
  reason: claimReason,
  effect,
  interval: interval("of effect; null: none"),
  evidence: orNull(evidence, "the measurement behind the verdict; null: it was skipped before it"),
}, "one claim, and how it was judged"));

const work = schemaOf<ComparedWork>()(object({
  work: string("the work's name"),
  about: string("what an item does"),
  itemCount: count("items of a run"),
  rounds: count("whole rounds that were run"),
  control,
  contention,
  modes: list(mode, "the modes, serial first"),
  advice,
  notices,
}, "one kind of work in all modes"));

const uses = object({
  work: oneOf(["waiting", "computing", "mixed"], "the kind of work"),
  mode: oneOf(["tasks", "threads", "both"], "the mode that suits it"),
  claim: string("the id of the claim that it rests on"),
  ratio: number("that claim's effect"),
}, "a mode to use for one kind of work");

const claimsAdvice = schemaOf<ClaimsAdvice>()(object({
  uses: list(uses, "one mode for each kind of work of which a claim says so"),
  breakEven: orNull(
    object({
      computing: quantity,
      waiting: quantity,
    }, "how long an item computes where both are as fast, and how long it waits besides"),
    "from when on threads beat tasks; null: not measured",
  ),
}, "what the verdicts recommend"));

const result = schemaOf<ClaimsResult>()(object({
  effort,
  control: orNull(control, "the control of the first kind of work; null: none was run"),
  claims: list(claim, "the claims, in the order in which they were settled"),
  counts: object({
    holds: count("claims that hold"),
    fails: count("claims that fail"),
    unclear: count("claims that are unclear"),
    skipped: count("claims that were skipped"),
  }, "how many claims came to each verdict"),
  works: list(work, "the kinds of work that were run in all modes"),
  advice: claimsAdvice,
}, "the claims, and all that was measured for them"));

/** The document of `tandem claims`, given its flags. */
export const claimsDocument = document(
  "claims",
  { seed, result },
  "what tandem claims --json prints: claims about tasks and threads, measured and judged",
);

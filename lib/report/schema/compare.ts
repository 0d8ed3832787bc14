import * as v from "valibot";
import type { Against, ComparedRuntime, CompareResult } from "../../model/comparison.ts";
import { grid, phases } from "./compared.ts";
import { boolean, count, given, list, literal, number, object, oneOf, orNull, schemaOf, string } from "./fields.ts";
import { document, seed } from "./head.ts";
import { change, contention, control, mode } from "./measured.ts";
import { planSchema } from "./plan.ts";
import { advice, notices } from "./reasons.ts";

const runtime = schemaOf<ComparedRuntime>()(object({
  name: oneOf(["deno", "node", "bun"], "what it is"),
  version: string("its version, as its processes have said"),
  program: string("its path as the command line has it; its name if it was found without one"),
}, "a runtime"));

const against = schemaOf<Against>()(object({
  job: string("the old job, as the command line names it"),
  jobSha256: string("SHA-256 of the old job and what it imports by relative paths, or of a built-in job's name"),
  git: orNull(
    object({
      ref: string("the commit, as --against names it"),
      commit: string("its hash"),
    }, "a commit"),
    "the commit that the old job was taken from; null: it was a file, or built in",
  ),
  margin: number("the smallest change worth reporting, as a share"),
  runtimes: given(object({ old: runtime, now: runtime }, "the runtimes of --runtimes: the first, and the second")),
}, "the old job, which ran over the same items in the same rounds; with --runtimes the same job in the first one"));

const result = schemaOf<CompareResult>()(object({
  job: string("the job, as the command line names it; with an old job, the new one"),
  against: given(against),
  itemCount: count("items of a run"),
  itemsGiven: count("items that were given"),
  passes: count("how often a run goes through its items"),
  once: boolean("true: no item ran twice, so each run had items of its own"),
  itemsUsed: orNull(v.number(), "items that were taken, from the first on; null: they ran again and again"),
  rounds: count("rounds in which every mode was run"),
  outputsEqual: orNull(literal(true, "alike"), "true: all modes gave the same outputs; null: not compared"),
  digest: orNull(v.string(), "SHA-256 of the outputs, in hexadecimal; null: not compared"),
  control,
  contention,
  timerResolutionUs: number("the clock's smallest step that was seen, in microseconds"),
  overheadUs: number("what tandem costs an item that does nothing, in serial, in microseconds"),
  threadsOverheadUs: number("the same over as many threads as were compared"),
  modes: list(mode, "the modes, serial first; with an old job, some of them, and the first one is the baseline"),
  changes: given(list(change, "how the job changed in each of these modes; absent without an old job")),
  phases,
  breakEvenMs: orNull(
    v.number(),
    "computing per item above which threads win over tasks, in milliseconds; null: not known",
  ),
  advice,
  grid: orNull(grid, "the sweep of --grid; null: there was none"),
  notices,
  next: orNull(
    v.string(),
    "the command line to go on with, which runs the job as advised; null: there is none, or no item left",
  ),
  plan: orNull(planSchema, "the advice as tandem run --plan follows it; null: there is no advice"),
  savedPlan: orNull(v.string(), "the file that the plan was saved to; null: none was saved"),
}, "what comparing the modes has shown"));

/** The document of `tandem compare`, given its flags. */
export const compareDocument = document(
  "compare",
  { seed, result },
  "what tandem compare JOB --json prints: a job over its items in every mode",
);

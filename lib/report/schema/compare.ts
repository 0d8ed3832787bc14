import * as v from "valibot";
import { constant, count, interval, list, nothing, number, object, orNull, text, truth, word } from "./fields.ts";
import { document, seed } from "./head.ts";
import { cellFields, control, modes } from "./measured.ts";
import { given, grantOptions, json, optionsOf, slotOptions } from "./options.ts";

const options = optionsOf("compare", {
  items: given(text("--items: a path, or - for stdin; not there: not given")),
  count: count("--count of items; 0: not given"),
  input: word(["json", "lines"], "--input"),
  rounds: count("--rounds: runs of each mode"),
  seed: count("--seed of the shuffling"),
  threads: count("--threads; 0: not given"),
  tasks: count("--tasks, in all threads together; 0: not given"),
  maxTime: number("--max-time in milliseconds"),
  outputs: word(["equal", "ignore"], "--outputs"),
  savePlan: given(text("--save-plan: a path, or - for stdout; not there: not given")),
  json,
  quiet: truth("--quiet"),
  ...slotOptions,
  ...grantOptions,
});

const contention = object({
  foreignCores: number("cores that were busy with other programs, on average"),
  rounds: count("rounds in which fewer cores than the threads need were left"),
  contended: truth("true: these are so many that nothing can be said of modes with several threads"),
}, "what other programs took of the machine meanwhile");

const sample = object({
  round: count("the round, from 1", 1),
  elapsedMs: number("from the first item to the last outcome, in milliseconds"),
  cpuMs: orNull(v.number(), "processor time of the program meanwhile, in milliseconds; null: slots are processes"),
  rssBytes: orNull(v.number(), "memory of the program at the end, in bytes; null: slots are processes"),
}, "one run over all items");

const mode = object({
  ...cellFields,
  itemsPerSecond: number("items a second, at the median of the runs"),
  ratio: number("time of serial / time of this mode, above 1 where this mode is faster"),
  interval: interval("of ratio; null: too few rounds, or this is serial"),
  verdict: word(["baseline", "faster", "slower", "same", "unclear"], "what the interval shows"),
  reason: orNull(v.string(), "why it is unclear, as the end of a sentence; null: it is not"),
  p50Ms: number("half of the items took no longer, from start to end, in milliseconds"),
  p99Ms: number("99 % of the items took no longer, in milliseconds"),
  lagP99Ms: orNull(v.number(), "a timer fired no later than this in 99 % of all cases, in milliseconds; null: unknown"),
  rssBytes: orNull(v.number(), "memory of the program, median of the runs, in bytes; null: slots are processes"),
  samples: list(sample, "all runs, by round"),
}, "how one mode did");

const phases = object({
  computingMs: orNull(v.number(), "it computes, in milliseconds; null: Deno cannot tell"),
  waitingMs: orNull(v.number(), "it waits, in milliseconds; null: Deno cannot tell"),
  sendingMs: number("it and its outcome are under way between main and the thread, in milliseconds"),
}, "what one item costs in serial");

const advice = object({
  mode: orNull(v.picklist(modes), "the mode to use; null: none can be named"),
  threads: orNull(v.number(), "threads to use; null: no mode can be named"),
  tasks: orNull(v.number(), "items that each thread should run at once; null: no mode can be named"),
  reason: text("why, as the end of a sentence"),
}, "what to use");

const result = object({
  job: text("the job, as the command line names it"),
  itemCount: count("items of a run"),
  rounds: count("rounds in which every mode was run"),
  outputsEqual: orNull(constant(true, "alike"), "true: all modes gave the same outputs; null: not compared"),
  digest: orNull(v.string(), "SHA-256 of the outputs, in hexadecimal; null: not compared"),
  control,
  contention: orNull(contention, "what other programs took of the machine; null: slots are processes"),
  overheadUs: orNull(v.number(), "what tandem adds to an item, in microseconds; null: not measured"),
  modes: list(mode, "the modes, serial first"),
  phases,
  breakEvenMs: orNull(v.number(), "computing per item above which threads win, in milliseconds; null: not known"),
  advice,
  grid: nothing("not measured"),
  notices: list(v.string(), "what should be known of the measurement, as sentences without a stop"),
}, "what comparing the modes has shown");

/** The document of `tandem compare`. */
export const compareDocument = document(
  "compare",
  { options, seed, result },
  "what tandem compare JOB --json prints: a job over its items in every mode",
);

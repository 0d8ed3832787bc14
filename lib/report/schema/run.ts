import * as v from "valibot";
import type { RunResult } from "../../model/result.ts";
import { boolean, count, number, object, oneOf, orNull, schemaOf, string } from "./fields.ts";
import { document, noSeed } from "./head.ts";
import { given, grantOptions, optionsOf, slotOptions } from "./options.ts";

const shard = object({
  index: count("I, from 0"),
  count: count("N", 1),
}, "--shard I/N; absent if not given");

const options = optionsOf("run", {
  threads: count("--threads; 0: not given"),
  tasks: count("--tasks in each thread; 0: not given"),
  mode: oneOf(["auto", "serial", "tasks", "threads", "both"], "--mode"),
  plan: given(string("--plan: a path; absent if not given")),
  input: oneOf(["json", "lines"], "--input"),
  output: oneOf(["json", "lines"], "--output"),
  null: boolean("--null"),
  ordered: boolean("--ordered"),
  unordered: boolean("--unordered"),
  tag: boolean("--tag"),
  errors: oneOf(["stderr", "inline"], "--errors"),
  maxLine: count("--max-line in bytes"),
  maxResult: count("--max-result in bytes"),
  limit: count("--limit of items; 0: not given"),
  ...slotOptions,
  retries: count("--retries of an item"),
  failFast: boolean("--fail-fast"),
  shard: given(shard),
  journal: given(string("--journal: a path; absent if not given")),
  resume: given(string("--resume: a path; absent if not given")),
  retryFailed: given(string("--retry-failed: a path; absent if not given")),
  quiet: boolean("--quiet"),
  exportJson: string("--export-json: a path, or - for stdout"),
  ...grantOptions,
});

const result = schemaOf<RunResult>()(object({
  how: oneOf(["done", "failed-fast", "stopped"], "how it ended: at the end of its input, by --fail-fast, or early"),
  exitCode: orNull(v.number(), "what the program exits with; null: a signal stops it"),
  next: orNull(v.string(), "what to do next with the journal, and its command line; null: nothing"),
  lines: count("lines that were read, blank ones too"),
  ok: count("items that came to a result"),
  failed: count("items that came to an error record"),
  skipped: count("blank lines"),
  before: object({
    ok: count("items that came to a result"),
    failed: count("items that came to an error record"),
  }, "what earlier runs of the journal have done and this one has not repeated"),
  retried: count("times that an item ran again"),
  restarts: count("slots that were started again"),
  bytesIn: count("bytes that were read"),
  bytesOut: count("bytes of results that were written to stdout"),
  linesPerSecond: number("items that came to their end, a second"),
  threads: count("threads at the end", 1),
  tasks: count("items that each thread ran at once, at the end", 1),
  isolate: oneOf(["worker", "process"], "where the slots were: threads of the program, or processes"),
}, "how the run went"));

/** The document of `tandem run`. */
export const runDocument = document(
  "run",
  { options, seed: noSeed, result },
  "what tandem run JOB --export-json FILE writes: the summary of a run",
);

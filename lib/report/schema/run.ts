import * as v from "valibot";
import type { RunResult } from "../../model/result.ts";
import { count, given, number, object, oneOf, orNull, schemaOf } from "./fields.ts";
import { document, noSeed } from "./head.ts";
import { timeline } from "./timeline.ts";

const result = schemaOf<RunResult>()(object({
  how: oneOf(
    ["done", "failed-fast", "too-many-failures", "stopped"],
    "how it ended: at the end of its input, by --fail-fast, by --max-failures, or early",
  ),
  exitCode: orNull(v.number(), "what the program exits with; null: a signal stops it"),
  next: orNull(
    v.string(),
    "the command line that goes on with the journal, or runs its failed items again; null: nothing to do",
  ),
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
  found: orNull(
    object({
      itemMs: number("time of an item, in milliseconds"),
      cpuMs: orNull(v.number(), "how much of that it computes, in milliseconds; null: unknown"),
    }, "what an item takes"),
    "what auto chose threads and tasks by; null: nothing was chosen, or there were too few items",
  ),
  p50Ms: orNull(v.number(), "half of the items took no longer from start to end, in milliseconds; null: not measured"),
  p99Ms: orNull(v.number(), "99 of 100 items took no longer, in milliseconds; null: not measured"),
  threads: count("threads at the end", 1),
  tasks: count("items that each thread ran at once, at the end", 1),
  isolate: oneOf(["worker", "process"], "where the slots were: threads of the program, or processes"),
  latency: orNull(
    object({
      targetMs: number("what 99 % of the items should take less than, in milliseconds, as --target-p99 says"),
      missedMs: orNull(
        v.number(),
        "the p99 of one item at a time, if that misses the target already; null: it does not, or was not tried",
      ),
    }, "the target for item times, from start to end, and whether it was missed"),
    "null: there was no --target-p99",
  ),
  timeline: given(timeline),
}, "how the run went"));

/** The document of `tandem run`, given its flags. */
export const runDocument = document(
  "run",
  { seed: noSeed, result },
  "what tandem run JOB --export-json FILE writes: the summary of a run",
);

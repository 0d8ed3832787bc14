import type { FailureLimit } from "../../model/failure_limit.ts";
import { grantOptions } from "../job/grant_options.ts";
import { jobNeeds, maxWidth, slotOptions } from "../job/slot_options.ts";
import type { Row } from "../table/command.ts";
import { common } from "../table/common_options.ts";
import {
  choice,
  count,
  duration,
  file,
  group,
  often,
  type Option,
  optional,
  shard,
  size,
  text,
  toggle,
  type Values,
} from "../table/option.ts";
import { parseCount } from "../table/units.ts";

/** The flags of `tandem run`. */
export const runOptions = {
  ...group("Width", {
    threads: { ...often(optional(count(1, "how many threads", 1, maxWidth.threads), "chosen by --mode")), short: "j" },
    tasks: often(optional(count(1, "how many items each thread runs at once", 1, maxWidth.tasks), "chosen by --mode")),
    mode: {
      ...often(choice(["auto", "serial", "tasks", "threads", "both"], "auto", "how wide to run")),
      more: "auto starts narrow, measures while it works, and widens. serial is one thread with one task, tasks " +
        "is one thread, threads is one task in each; the rest is chosen automatically.",
    },
    plan: {
      ...file("run as wide as this plan says"),
      more: "tandem compare --save-plan makes one. --threads, --tasks and --mode override it.",
    },
  }),
  ...group("Input and output", {
    input: {
      ...often(
        choice(["json", "lines", "csv", "tsv", "array"], "json", "what items are: lines, rows of CSV, a JSON array"),
      ),
      decides: "items",
      more:
        "A JSON value or a text on each line, rows of CSV or TSV below a header, or the elements of a JSON array. " +
        "What gzip or zstd has compressed is decompressed first.",
    },
    header: {
      ...optional(text("the columns' names, where no header has them", "NAME,...", "expected names, like a,b,c")),
      decides: "items",
    },
    output: {
      ...often(choice(["json", "lines", "csv"], "json", "what is written: JSON, strings, or rows of CSV")),
      more:
        "With lines, strings are written as they are. With csv each result is an object, and the first one names the columns. See: tandem help run.",
    },
    null: { ...toggle("lines end with NUL instead of newline, in and out", "0"), decides: "items" },
    ordered: { ...toggle("write results in the order of their lines (the default)"), decides: undefined },
    unordered: often(toggle("write results as they come")),
    tag: {
      ...toggle("write the line number with each result"),
      more: 'A record is then {"line":17,"value":...}, and lines count from 1.',
    },
    errors: {
      ...often(choice(["stderr", "inline"], "stderr", "where error records go")),
      more:
        "With inline they go to stdout, in the place of the result. An error that is not the job's has a code, like " +
        "not-json or timeout.",
    },
    limit: { ...often(optional(count(1, "run only the first N items", 1), "all")), decides: "items" },
    shard: {
      ...optional(shard("run only every N-th line, from the I-th on")),
      more: "I counts from 0: the shards 0/4 to 3/4 together are all lines.",
      decides: "items",
    },
    maxLine: { ...size("16MiB", "longest item"), more: "A longer one is an error record." },
    maxResult: { ...size("16MiB", "longest result"), more: "A longer one is an error record." },
  }, { decides: "output" }),
  ...group("Failures and journal", {
    retries: {
      ...often(count(0, "how many times a failed item runs again", 0, 1000)),
      more: "It rests up to 100 ms first, up to twice as long each further time, and as long as its error asks for. " +
        "While other items are left to start, retries take at most a fifth of the run.",
    },
    retryMax: {
      ...duration("60s", "longest pause before an attempt", 1),
      more: "An item whose error asks for a longer one (retryAfter) fails at once.",
    },
    retryOn: {
      ...names("retry only these errors", "all"),
      more: "Names of errors, like TimeoutError. It takes effect with --retries.",
    },
    failFast: often(toggle("stop at the first item that fails")),
    maxFailures: {
      ...failureLimit("stop when more items than this have failed"),
      more: "With %, it is the share of those that have ended, once 100 have. The journal can be resumed.",
    },
    journal: {
      ...often(file("keep a journal, so that the run can be resumed")),
      more: "It records which items are done, and how many bytes of output they account for. See: tandem help journal.",
    },
    resume: {
      ...often(file("resume the run of this journal", "JOURNAL")),
      more: "Give the same flags and input, and append to the same output (>>).",
    },
    retryFailed: file("run the failed items of this journal again", "JOURNAL"),
  }),
  ...slotOptions,
  ...grantOptions,
  ...group("General", {
    quiet: {
      ...often(toggle("no progress and no summary", "q")),
      more: "Warnings and errors are still shown.",
    },
    exportJson: {
      ...file("write the summary of the run as a JSON document"),
      more: "- is stdout. See: tandem help json.",
    },
  }, { shownOnly: true }),
  ...common,
};

/** Some names, with commas between. */
function names(help: string, shown: string): Option<readonly string[]> {
  return {
    kind: "value",
    fallback: [],
    help,
    placeholder: "NAME,...",
    shown,
    shape: { type: "list", of: { type: "string" } },
    read(texts) {
      const all = texts.flatMap((text) => text.split(","));
      return all.includes("") ? { refused: "expected a name, or several with one comma between" } : all;
    },
    write: (all) => all.length === 0 ? [] : [all.join(",")],
  };
}

/** A number of items, or a share of those that have ended. */
function failureLimit(help: string): Option<FailureLimit | undefined> {
  const percent = { shape: { type: "number", min: 0, max: 100 }, about: "percent of those that have ended" } as const;
  const items = { type: "integer", min: 0, max: Number.MAX_SAFE_INTEGER } as const;
  return {
    kind: "value",
    fallback: undefined,
    help,
    placeholder: "N|P%",
    shown: "no limit",
    shape: { type: "either", shapes: [items, { type: "object", fields: { percent } }] },
    read(texts) {
      const [, share, count] = /^(?:(\d+(?:\.\d+)?(?:e-?\d+)?)%|(.+))$/.exec(texts.at(-1) ?? "") ?? [];
      if (share !== undefined && Number(share) <= 100) return { percent: Number(share) };
      return parseCount(count ?? "") ?? { refused: "expected a whole number, like 100, or a share, like 5%" };
    },
    write: (limit) => [typeof limit === "number" ? String(limit) : `${limit.percent}%`],
  };
}

/** Their values. */
export type RunValues = Values<typeof runOptions>;

/** `tandem run`. */
export const row: Row<typeof runOptions> = {
  name: "run",
  summary: "Run a job of yours over lines of input",
  operands: { usage: "JOB [FILE...]", min: 1, max: 10_000 },
  examples: [
    { line: "tandem run job.js < items.ndjson", what: "one JSON value a line in, one out, in order" },
    { line: "tandem run @primes --limit 3", what: "a built-in job over its own items; tandem jobs lists them" },
    {
      line: "tandem run job.js --threads 2 --tasks 8 items.ndjson",
      what: "two threads, up to 8 items at once in each",
    },
    { line: "tandem run job.js --journal j < items > results", what: "can be resumed: --resume j < items >> results" },
  ],
  options: runOptions,
  needs: (values, [job]) => {
    const writes = [values.exportJson, values.journal, values.resume, values.retryFailed].some(Boolean);
    const tellsMachine = [values.exportJson, values.plan].some(Boolean);
    return [
      ...(writes ? ["write"] as const : []),
      ...(tellsMachine ? ["sys"] as const : []),
      ...jobNeeds(values, job),
    ];
  },
};

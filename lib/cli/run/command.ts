import { grantOptions } from "../job/grant_options.ts";
import { jobNeeds, slotOptions } from "../job/slot_options.ts";
import { command } from "../table/command.ts";
import { common } from "../table/common_options.ts";
import { choice, count, file, shard, size, toggle } from "../table/option.ts";

/** `tandem run`. */
export const runCommand = command({
  name: "run",
  summary: "Run a job of yours over lines of input",
  operands: { usage: "JOB [FILE...]", least: 1, most: 10_000 },
  examples: [
    { line: "tandem run job.js < items.ndjson", what: "one JSON value a line in, one out, in order" },
    { line: "tandem run @primes --limit 3", what: "a built-in job over its own items; tandem jobs lists them" },
    {
      line: "tandem run job.js --threads 2 --tasks 8 items.ndjson",
      what: "two threads, up to 8 items at once in each",
    },
    { line: "tandem run job.js --journal j < items > results", what: "can be resumed: --resume j < items >> results" },
  ],
  options: {
    threads: { ...count(0, "threads", 1, 1024), short: "j", shown: "chosen by --mode" },
    tasks: { ...count(0, "items that each thread runs at once", 1, 100_000), shown: "chosen by --mode" },
    mode: choice(
      ["auto", "serial", "tasks", "threads", "both"],
      "auto",
      "how wide to run; auto measures while it works, and widens",
    ),
    plan: file("run as wide as a plan says, see tandem compare --save-plan; --threads, --tasks and --mode win"),
    input: choice(["json", "lines"], "json", "what a line holds: a JSON value, or text"),
    output: choice(["json", "lines"], "json", "what is written: JSON, or strings as they are"),
    null: toggle("lines end with NUL instead of newline, in and out", "0"),
    ordered: toggle("write results in the order of their lines (the default)"),
    unordered: toggle("write results as they come"),
    tag: toggle("write the line number with each result"),
    errors: choice(["stderr", "inline"], "stderr", "where error records go; inline: to stdout, in their place"),
    maxLine: size("16MiB", "longest line; a longer one is an error record"),
    maxResult: size("16MiB", "longest result; a longer one is an error record"),
    limit: { ...count(0, "run only the first N items", 1), shown: "all" },
    ...slotOptions,
    retries: count(0, "how often an item that failed runs again, after growing pauses", 0, 1000),
    failFast: toggle("stop at the first item that fails"),
    shard: shard("run only every N-th line, from the I-th on (from 0)"),
    journal: file("keep a journal of what is done, so that the run can be resumed"),
    resume: file("go on with the run of this journal; the same flags, input and output (>>)", "JOURNAL"),
    retryFailed: file("run the failed items of this journal again", "JOURNAL"),
    quiet: toggle("no progress and no summary", "q"),
    exportJson: file("write the summary as a JSON document"),
    ...grantOptions,
    ...common,
  },
  needs: (values, [job]) => {
    const writes = [values.exportJson, values.journal, values.resume, values.retryFailed].some(Boolean);
    return [...(writes ? ["write"] as const : []), ...jobNeeds(values, job)];
  },
  run: async (values, operands, session) => await (await import("./run.ts")).run(values, operands, session),
});

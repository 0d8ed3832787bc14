import { grantOptions } from "../job/grant_options.ts";
import { failureLimit, field, jobNeeds, maxWidth, names, percent, rate, slotOptions } from "../job/slot_options.ts";
import type { PermissionKind, Row } from "../table/command.ts";
import { common, exportKinds, exportOptions } from "../table/common_options.ts";
import {
  choice,
  count,
  duration,
  file,
  group,
  often,
  optional,
  repeated,
  type Shard,
  shard,
  size,
  text,
  toggle,
  type Values,
} from "../table/option.ts";

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
  ...group("Commands", {
    exec: {
      ...often(
        optional(
          text("run this command for each item, instead of a job", "COMMAND", "expected a command, like 'gzip -k {}'"),
        ),
      ),
      more:
        "{} is the item, {.} without its extension, {/} its last part, {//} its folder, {/.} both, {#} its number; " +
        "without any, it comes last. No shell reads the command. See: tandem help exec.",
      flagOnly: "grant",
    },
    shell: {
      ...toggle("let a shell (sh) read the command of --exec"),
      more: "Items are variables there, so it does not read them as commands.",
      flagOnly: "grant",
    },
  }, { decides: "output" }),
  ...group("Target and load", {
    targetP99: {
      ...often(optional(duration("200ms", "as wide as 99 % of the items take less than this", 0.001), "no target")),
      more: "Each item counts from its start to its end. stderr says so if one item at a time takes longer already.",
    },
    load: {
      ...optional(percent("80%", "start nothing while the machine is loaded more than this"), "no limit"),
      more: "That is the share of the last 10 s in which something waited for a core or for memory; where the system " +
        "does not tell that, the load average for each core. What runs goes on.",
    },
    memFree: {
      ...optional(size("1GiB", "start nothing while less memory than this is free"), "no limit"),
      more: "The memory limit of a container counts. What runs goes on.",
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
    results: {
      ...often(file("write results to this file instead of stdout")),
      short: "o",
      more: "A run overwrites it; one that goes on with its journal appends to it. See: tandem help run.",
      decides: undefined,
      shownOnly: true,
      writes: true,
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
      more:
        "I counts from 0: the shards 0/4 to 3/4 together are all lines. With auto, the engine that started the run " +
        "says which one it is: Slurm, Kubernetes, AWS Batch, GitLab or GNU parallel. In the names of files that the " +
        "run writes, {shard} is the number I.",
      decides: "items",
    },
    shards: {
      ...optional(count(1, "the number of shards, for --shard auto", 1), "what the engine says"),
      more: "GNU parallel does not say it. Where the engine says another number, the run is refused.",
      decides: undefined,
    },
    maxLine: { ...size("16MiB", "longest item"), more: "A longer one is an error record." },
    maxResult: { ...size("16MiB", "longest result"), more: "A longer one is an error record." },
  }, { decides: "output" }),
  ...group("Pace", {
    rate: {
      ...often(repeated(rate("start at most so many items in a time: 60/min"))),
      more: "Starts are spaced evenly, and retries are starts too. Given several times, all rates hold.",
    },
    burst: {
      ...optional(count(1, "let so many items start at once, before --rate spaces them", 1), "1"),
      more: "Of several rates it is the slowest one's, and the others space it.",
    },
    delay: optional(duration("250ms", "the least time between two starts", 1), "none"),
    key: {
      ...field("what items have in common that share a limit: user.id, host:url"),
      more:
        "A path into the item; . is the item itself. host:FIELD is the host of the URL there. Items without it share a key.",
    },
    perKey: optional(count(4, "how many items of a key run at once", 1), "no limit"),
    perKeyRate: repeated(rate("start at most so many items of a key in a time, like 5/s")),
  }),
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
      writes: true,
      ...often(file("begin a run with a journal, or go on with it")),
      more:
        "It records which items are done, and how many bytes of output they account for. If the run is killed, the " +
        "same command line goes on: append to the output (>>). See: tandem help journal.",
    },
    resume: {
      writes: true,
      ...often(file("resume the run of this journal, which must exist", "JOURNAL")),
      more: "Give the same flags and input, and append to the same output (>>).",
    },
    retryFailed: { ...file("run the failed items of this journal again", "JOURNAL"), writes: true },
  }),
  ...slotOptions,
  ...grantOptions,
  ...group("General", {
    quiet: {
      ...often(toggle("no progress and no summary", "q")),
      more: "Warnings and errors are still shown.",
    },
    log: {
      writes: true,
      ...file("log when each item ran, and how it ended"),
      more:
        "A line of JSON for each attempt, in the order of their ends. A run that goes on appends to it. See: tandem help run.",
    },
    trace: {
      writes: true,
      ...file("write a trace of the run, for ui.perfetto.dev"),
      more: "It shows when each item waited and ran, and in which thread and task. See: tandem help trace.",
    },
  }, { shownOnly: true }),
  ...exportOptions("run"),
  ...common,
};

/** Their values. */
export type GivenRunValues = Values<typeof runOptions>;

/** The same when it is decided which shard `auto` is. */
export type RunValues = Omit<GivenRunValues, "shard"> & { readonly shard: Shard | undefined };

/** What commands need of the program instead of what a job needs. */
const commandNeeds = ["env", "read", "run"] as const satisfies readonly PermissionKind[];

/** Whether the run has a pace, which pace.ts makes. */
export function isPaced({ rate, burst, delay, key, perKey, perKeyRate }: RunValues): boolean {
  return rate.length + perKeyRate.length > 0 || [burst, delay, key, perKey].some((value) => value !== undefined);
}

/** `tandem run`. */
export const row: Row<typeof runOptions> = {
  name: "run",
  summary: "Run a job of yours over lines of input",
  operands: { usage: "JOB [FILE...]", min: 1, max: 10_000, unless: "exec" },
  examples: [
    { line: "tandem run job.js < items.ndjson", what: "one JSON value a line in, one out, in order" },
    { line: "tandem run @primes --limit 3", what: "a built-in job over its own items; tandem jobs lists them" },
    {
      line: "tandem run job.js --threads 2 --tasks 8 items.ndjson",
      what: "two threads, up to 8 items at once in each",
    },
    { line: "tandem run --exec 'gzip -k {}' < names", what: "a command for each line, instead of a job" },
    {
      line: "tandem run job.js --journal j < items >> results",
      what: "after Ctrl-C, a crash or a kill, the same line goes on",
    },
  ],
  options: runOptions,
  fitsCores: ({ threads, load }) => threads === undefined || load !== undefined,
  watchesPressure: ({ load, memFree }) => load !== undefined || memFree !== undefined,
  needs: (values, [job]) => {
    const { results, log, trace, journal, resume, retryFailed } = values;
    const writes = [results, log, trace, journal, resume, retryFailed].some(Boolean);
    const tellsMachine = [values.plan, values.load, values.memFree].some(Boolean);
    return [
      ...(writes ? ["write"] as const : []),
      ...(tellsMachine ? ["sys"] as const : []),
      ...exportKinds(values),
      ...values.exec === undefined ? jobNeeds(values, job) : commandNeeds,
    ];
  },
};

import { grantOptions } from "../job/grant_options.ts";
import { jobNeeds, maxWidth, type RuntimeChoice, runtimeText, slotOptions } from "../job/slot_options.ts";
import type { Row } from "../table/command.ts";
import { common, exportKinds, exportOptions, failOn, json, margin } from "../table/common_options.ts";
import {
  choice,
  count,
  duration,
  file,
  group,
  isRefusal,
  often,
  type Option,
  optional,
  repeated,
  size,
  text,
  toggle,
  type Values,
} from "../table/option.ts";

const { runtime } = slotOptions;

/** Runtimes with a comma between, each as --runtime has it: a comma that no runtime follows is one of a path. */
const runtimes: Option<readonly RuntimeChoice[]> = {
  ...runtime,
  group: undefined,
  fallback: [],
  shown: undefined,
  help: "compare a job in runtime B with runtime A",
  placeholder: "A,B",
  more:
    "Each is deno, node, bun, node=PATH or bun=PATH. Threads have processes of their own in both, so that only the runtime differs.",
  shape: { type: "list", of: runtime.shape },
  read(texts) {
    const parts = texts.flatMap((text) => text.split(/,(?=(?:deno|node|bun)(?:[=,]|$))/));
    const values = parts.map((text) => runtime.read([text]));
    return values.find(isRefusal) ?? values as RuntimeChoice[];
  },
  write: (values) => values.length === 0 ? [] : [values.map(runtimeText).join(",")],
};

/** The flags of `tandem compare`. */
export const compareOptions = {
  ...group("Items", {
    items: {
      ...often(file("the items, one a line; - is stdin", "FILE|-")),
      more: "Without it and without --count, the items are those that the module exports.",
    },
    count: {
      ...often(optional(count(1, "the items are the numbers 0 to N-1", 1), "the module's items")),
      more: "They are made as runs need them. A run takes 1,000,000 of them at most.",
    },
    input: {
      ...choice(["json", "lines", "csv", "tsv", "array"], "json", "what --items holds: lines, rows, or a JSON array"),
      more: "A JSON value or a text on each line, rows of CSV or TSV below a header, or the elements of a JSON array.",
    },
    header: optional(text("the columns' names, where no header has them", "NAME,...", "expected names, like a,b,c")),
    null: toggle("lines of --items end with NUL instead of newline", "0"),
    maxLine: size("16MiB", "longest item of --items"),
    once: {
      ...often(toggle("no item may run twice")),
      more: "Each run takes items of its own, and outputs are not compared.",
    },
  }),
  ...group("Two jobs, or two runtimes", {
    against: {
      ...often(optional(text("compare with the job as it was in a commit", "GIT_REF", "expected a commit, like main"))),
      flagOnly: "file",
      more:
        "git writes the files of that commit to a temporary folder, which is removed at the end. What git does not track is not there.",
    },
    runtimes: often(runtimes),
    modes: {
      ...repeated(choice(["serial", "tasks", "threads", "both"], "serial", "the modes in which they are compared")),
      shown: "serial, and what suits the items",
      more:
        "Fewer modes leave longer runs to each. Where items hardly do anything but wait, the default is tasks alone.",
    },
    margin: often(margin),
  }),
  ...group("What is measured", {
    threads: {
      ...often(optional(count(1, "threads in modes threads and both", 1, maxWidth.threads), "the usable cores")),
      short: "j",
    },
    tasks: often(
      optional(count(1, "total tasks in modes tasks and both", 1, maxWidth.tasks), "by how long an item waits"),
    ),
    grid: {
      ...often(toggle("measure many widths, and show a heat map")),
      more: "It varies threads and tasks instead of running the four modes only.",
    },
    outputs: {
      ...choice(["equal", "ignore"], "equal", "whether all modes must give the same results"),
      often: true,
      more: "Choose ignore where results depend on a clock, random numbers or a network.",
    },
  }),
  ...group("Time and rounds", {
    maxTime: {
      ...often(duration("30s", "time limit for the whole comparison", 1000)),
      more: "Items and rounds are reduced to keep it, and an unfinished round is discarded.",
    },
    rounds: often(count(12, "runs of each mode, in shuffled order", 1, 1000)),
    warmup: count(0, "rounds to run first, which do not count", 0, 100),
    stopEarly: {
      ...toggle("end as soon as every difference is settled"),
      more: "A difference is settled by 3 standard deviations. At least 10 rounds are run.",
    },
    seed: count(42, "seed of the shuffling, and of the drawing of items", 0, 2 ** 32 - 1),
  }),
  ...slotOptions,
  ...grantOptions,
  ...group("General", {
    failOn: { ...often(failOn(["slower"])), help: "exit 1 if the job is slower, 4 if unclear" },
    savePlan: { ...often(file("save the advice for tandem run --plan")), more: "- is stdout." },
    trace: {
      ...file("trace one more run of each mode, for ui.perfetto.dev"),
      more: "It comes after the rounds, which it would disturb. See: tandem help trace.",
    },
    json: often(json),
    quiet: toggle("no progress, and no summary of what will run", "q"),
  }, { shownOnly: true }),
  ...exportOptions("compare"),
  ...common,
};

/** Their values. */
export type CompareValues = Values<typeof compareOptions>;

/** The same values for a job in this runtime, one of `--runtimes`; undefined leaves them as they are. */
export function inRuntime(values: CompareValues, runtime: RuntimeChoice | undefined): CompareValues {
  if (runtime === undefined) return values;
  return { ...values, isolate: "process", runtime, deno: runtime === "deno" ? values.deno : undefined };
}

/** `tandem compare`: one job in its modes, an old job and a new one, or a job in two runtimes. */
export const row: Row<typeof compareOptions> = {
  name: "compare",
  summary: "Measure whether a job of yours should run serial, as tasks, in threads or both",
  operands: { usage: "[OLD] JOB", min: 1, max: 2 },
  examples: [
    { line: "tandem compare @primes", what: "a built-in job over its own items; tandem jobs lists them" },
    { line: "tandem compare job.js --items items.ndjson", what: "over one JSON value a line" },
    { line: "tandem compare job.js", what: "over the items that the module exports" },
    {
      line: "tandem compare job.js --count 1000 --threads 4 --tasks 16",
      what: "over 0 to 999, with threads and tasks of your own",
    },
    { line: "tandem compare job.js --grid --max-time 2m", what: "every width from 1×1 on, as a heat map" },
    { line: "tandem compare mail.js --items list --once", what: "a job whose items must not run twice" },
    { line: "tandem compare old.js new.js", what: "whether a job became faster or slower, in the same rounds" },
    {
      line: "tandem compare --against main job.js --fail-on slower",
      what: "the same against a commit, as a gate in CI",
    },
    {
      line: "tandem compare job.js --runtimes deno,node --allow-all",
      what: "whether the job is faster or slower in Node than in Deno",
    },
    { line: "tandem compare fetch.js --allow-net --outputs=ignore", what: "where answers may differ from run to run" },
  ],
  options: compareOptions,
  needs: (values, jobs) => [
    "sys",
    ...((values.savePlan ?? values.trace) === undefined ? [] : ["write"] as const),
    ...exportKinds(values),
    ...(values.against === undefined ? [] : ["run", "write"] as const), // git, and a temporary folder
    ...(jobs.length > 1 ? ["write"] as const : []), // the summary that GitHub Actions shows
    ...jobs.flatMap((job) => jobNeeds(inRuntime(values, values.runtimes.at(1)), job)),
  ],
};

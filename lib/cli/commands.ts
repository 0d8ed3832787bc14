import { builtinKinds } from "./job/builtin_kinds.ts";
import { type Command, command, type PermissionKind } from "./table/command.ts";
import { grantOptions, type Grants, neededKinds } from "./job/grant_options.ts";
import { isolation, type IsolationFlags } from "./job/isolation.ts";
import { choice, count, duration, file, type Options, program, shard, size, toggle } from "./table/option.ts";

/** Flags that every command has. */
export const common = {
  color: choice(["auto", "always", "never"], "auto", "colour the output; NO_COLOR and FORCE_COLOR count too"),
  help: toggle("show this help", "h"),
  version: toggle("show the version", "V"),
} satisfies Options;

/** Where the slots of a user's job are, and what bounds them. */
const slotOptions = {
  timeout: { ...duration("30s", "longest time from an item's start to its end", 1), fallback: 0, shown: "no limit" },
  memory: {
    ...size("512MiB", "most memory of a slot's process; the item that passes it fails"),
    fallback: 0,
    shown: "no limit",
  },
  isolate: choice(
    ["auto", "worker", "process"],
    "auto",
    "slots are threads of this process, or processes that can be killed; auto: processes where a flag needs them",
  ),
  deno: program("run the job under your own Deno, or the one at PATH, with its npm packages and import map", "PATH"),
} satisfies Options;

/** The permissions that a job needs of the program. */
function jobNeeds(values: Grants & IsolationFlags, job: string): readonly PermissionKind[] {
  const ofProcesses = isolation(values) === "process" ? ["net", "run", "write"] as const : [];
  return ["env", "sys", ...ofProcesses, ...neededKinds(values), ...builtinKinds(job)];
}

const json = toggle("print one JSON document instead of text");

/** `tandem streams`. */
export const streams = command({
  name: "streams",
  summary: "Merged messages and intervals of the Rust book (Listing 17-41)",
  examples: [
    { line: "tandem streams", what: "20 items in about 2 s, intervals from a thread" },
    { line: "tandem streams --producer task", what: "the same, intervals from a task (Listing 17-40)" },
    { line: "tandem streams --producer both", what: "both in turn: do the items agree, who left more behind?" },
  ],
  options: {
    producer: choice(["task", "thread", "both"], "thread", "who produces the intervals"),
    timeout: duration("200ms", "longest wait for a message"),
    throttle: duration("500ms", "shortest time between two intervals"),
    interval: duration("1ms", "time between two ticks of the producer", 0.1),
    take: count(20, "items to take before everything stops"),
    plain: toggle("print the book's lines only, also on a terminal"),
    json,
    ...common,
  },
  needs: ({ json }) => json ? ["read", "sys"] : ["read"],
  run: async (values, _operands, session) => await (await import("./streams/streams.ts")).run(values, session),
});

/** `tandem channel`. */
export const channel = command({
  name: "channel",
  summary: "A blocking thread feeds a channel that main awaits (Listing 17-42)",
  examples: [
    { line: "tandem channel", what: "1 to 10, one a second" },
    { line: "tandem channel --count 3 --every 200ms", what: "a shorter one" },
  ],
  options: {
    count: count(10, "values to send"),
    every: duration("1s", "how long the thread blocks after each value"),
    plain: toggle("print the book's lines only, also on a terminal"),
    json,
    ...common,
  },
  needs: ({ json }) => json ? ["read", "sys"] : ["read"],
  run: async (values, _operands, session) => await (await import("./channel/channel.ts")).run(values, session),
});

/** `tandem claims`, and `tandem` alone. */
export const claims = command({
  name: "claims",
  summary: "Put what is said of tasks and threads to the test on this machine (the default)",
  operands: { usage: "[CLAIM...]", least: 0, most: 100 },
  examples: [
    { line: "tandem", what: "all claims" },
    { line: "tandem claims threads-parallel", what: "one of them" },
    { line: "tandem claims --rounds 30 --json", what: "more rounds, for a program to read" },
  ],
  options: {
    rounds: count(12, "runs of each mode, in shuffled order", 1, 1000),
    seed: count(42, "of the shuffling", 0, 2 ** 32 - 1),
    threads: { ...count(0, "threads of the threaded modes", 1, 1024), shown: "the usable cores" },
    tasks: count(32, "tasks of the modes with tasks, in all threads together", 1, 100_000),
    json,
    ...common,
  },
  needs: () => ["read", "sys"],
  run: async (values, operands, session) => await (await import("./claims/claims.ts")).run(values, operands, session),
});

/** `tandem run`. */
export const run = command({
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
  run: async (values, operands, session) => await (await import("./run/run.ts")).run(values, operands, session),
});

/** `tandem compare`. */
export const compare = command({
  name: "compare",
  summary: "Measure whether a job of yours should run serial, as tasks, in threads or both",
  operands: { usage: "JOB", least: 1, most: 1 },
  examples: [
    { line: "tandem compare @primes", what: "a built-in job over its own items; tandem jobs lists them" },
    { line: "tandem compare job.js --items items.ndjson", what: "over one JSON value a line" },
    { line: "tandem compare job.js", what: "over the items that the module exports" },
    {
      line: "tandem compare job.js --count 1000 --threads 4 --tasks 16",
      what: "over 0 to 999, with corners of your own",
    },
    { line: "tandem compare job.js --grid --max-time 2m", what: "every width from 1×1 on, as a heat map" },
    { line: "tandem compare mail.js --items list --once", what: "a job whose items must not run twice" },
    { line: "tandem compare fetch.js --allow-net --outputs=ignore", what: "where answers may differ from run to run" },
  ],
  options: {
    items: file("the items, one a line; - is stdin", "FILE|-"),
    count: { ...count(0, "instead: the items 0 to N-1", 1), shown: "the module's items" },
    input: choice(["json", "lines"], "json", "what a line of --items holds: a JSON value, or text"),
    rounds: count(12, "runs of each mode, in shuffled order", 1, 1000),
    warmup: count(0, "rounds before them that count for nothing", 0, 100),
    seed: count(42, "of the shuffling", 0, 2 ** 32 - 1),
    threads: { ...count(0, "threads of the threaded modes", 1, 1024), short: "j", shown: "the usable cores" },
    tasks: {
      ...count(0, "tasks of the modes with tasks, in all threads together", 1, 100_000),
      shown: "by how long an item waits",
    },
    grid: toggle("sweep threads and tasks, and show all of it as a heat map"),
    maxTime: duration("30s", "longest time for all of it; fewer rounds and items are taken to keep it", 1000),
    stopEarly: toggle(
      "end before all rounds as soon as 3 deviations settle every difference, after 10 rounds at least",
    ),
    once: toggle("no item may run twice: each run takes items of its own, and outputs are not compared"),
    outputs: choice(["equal", "ignore"], "equal", "whether all modes must give the same results"),
    savePlan: file("save the advice, for tandem run --plan"),
    json,
    quiet: toggle("no progress, and no word of what will be done", "q"),
    ...slotOptions,
    ...grantOptions,
    ...common,
  },
  needs: (values, [job]) => [...(values.savePlan === undefined ? [] : ["write"] as const), ...jobNeeds(values, job)],
  run: async (values, operands, session) => await (await import("./compare/compare.ts")).run(values, operands, session),
});

/** `tandem jobs`. */
export const jobs = command({
  name: "jobs",
  summary: "List the built-in jobs, which run and compare take by name",
  examples: [
    { line: "tandem jobs", what: "what they do, and which mode should suit them" },
    { line: "tandem run @primes --limit 3", what: "run one over its own items" },
  ],
  options: { json, ...common },
  needs: ({ json }) => json ? ["sys"] : [],
  run: async (values, _operands, session) => await (await import("./jobs/jobs.ts")).run(values, session),
});

/** `tandem explain`. */
export const explain = command({
  name: "explain",
  summary: "What a claim says, where it comes from and how it is tested",
  operands: { usage: "[CLAIM...]", least: 0, most: 100 },
  examples: [{ line: "tandem explain both-together", what: "one claim" }, {
    line: "tandem explain",
    what: "all of them",
  }],
  options: common,
  needs: () => [],
  run: async (_values, operands, session) => await (await import("./explain/explain.ts")).run(operands, session),
});

/** `tandem help`. */
export const help = command({
  name: "help",
  summary: "Show the help of a command or a topic",
  operands: { usage: "[COMMAND|TOPIC]", least: 0, most: 1 },
  examples: [
    { line: "tandem help streams", what: "the flags of a command" },
    { line: "tandem help exit-codes", what: "a topic" },
  ],
  options: common,
  needs: () => [],
  run: async (_values, operands, session) => await (await import("./table/help.ts")).run(operands, commands, session),
});

/** All commands, in the order of the help. */
export const commands: readonly Command[] = [claims, compare, run, jobs, streams, channel, explain, help];

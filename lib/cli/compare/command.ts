import { grantOptions } from "../job/grant_options.ts";
import { jobNeeds, slotOptions } from "../job/slot_options.ts";
import { command } from "../table/command.ts";
import { common, json } from "../table/common_options.ts";
import { choice, count, duration, file, toggle } from "../table/option.ts";

/** `tandem compare`. */
export const compareCommand = command({
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
  run: async (values, operands, session) => await (await import("./compare.ts")).run(values, operands, session),
});

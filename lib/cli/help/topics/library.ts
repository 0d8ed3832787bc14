/** tandem as a library. */
export const text = `run and compare are a library too.

  import { runJob } from "@tandem/tandem";

  const options = { job: "squares.ts", threads: 2, tasks: 8 };
  for await (const outcome of runJob([1, 2, 3], options)) {
    console.log(outcome); // { kind: "ok", index: 0, value: 1 } ...
  }

The package is not in a registry yet: import lib/mod.ts of a clone.

Items can be any iterable, sync or async. They are read only as fast as you
take outcomes. If you leave the loop, the threads end and the items are closed.

OPTIONS

  job          the job's module: a path or a URL
  threads      default: the usable cores
  tasks        items that each thread runs at once; default 1
  ordered      outcomes in the order of the items (default true), or as they
               end
  input        "json" (default): items are plain data; one that JSON would
               change (NaN, a Date, a Map) is refused with its place. "bytes":
               items are Uint8Arrays
  output       the same for the job's values
  retries      how often an item that failed runs again; default 0. It rests
               for a random time before, and the job can say more: see tandem
               help run
  retryMaxMs   longest pause before an attempt; default 60,000
  retryOn      names of the errors that are retried; default all
  maxFailures  the loop throws when more items than this have failed, or with
               { percent: 5 } more than 5 % of those that ended, once 100 have
  timeoutMs    longest time from an item's start to its end. A thread that is
               stuck is abandoned and replaced; what only waited there runs
               again.
  permissions  what the job's threads may do. It needs
               "unstable": ["worker-options"] in deno.json. Without it they may
               do what your program may.
  onWarning    called with an error that fails no item: the job threw it after
               the item's end. Default: reportError, which ends the program
               unless it listens to "error" events.
  signal       ends the run; the loop throws its reason

OUTCOMES

A function gives one outcome for each item, "ok" with its value or "error" with
the error's name and message, and a code if it is not the job's own. A generator
gives any number of "value", then "end" or "error".

ERRORS

An item that fails is an outcome and ends nothing. The loop throws

  JobError     the module cannot be used as a job
  TypeError    items are not iterable, or a string; an item is not what input
               says
  RangeError   threads, tasks, timeoutMs or retryMaxMs is not a whole number
               from 1 on, or retries or maxFailures not one from 0 on
  TandemError  the threads keep crashing (its code is "gave-up"), too many items
               have failed ("too-many-failures"), or the threads cannot have
               these permissions ("permissions")

COMPARE

  import { compareJob } from "@tandem/tandem";

  const work = { job: "squares.ts" };
  const wanted = { rounds: 12, maxMs: 30_000 };
  const { advice, modes } = await compareJob(work, [1, 2, 3], wanted);
  console.log(advice.mode, advice.reason, modes);

It measures what tandem compare measures, and resolves to the result of its JSON
document: tandem help json-schema describes each field. What it takes are the
flags of compare: threads, tasks, rounds, warmupRounds, maxMs, once, grid,
stopEarly, outputs and seed. A last argument has a signal, and onRun, which is
called between two runs. It needs the permission sys.

It throws a TandemError with the code "item-failed", "outputs-differ",
"too-few-items", "thread-lost", or "no-round" if the time was up before each
mode had run once.

For jobs see tandem help job.
`;

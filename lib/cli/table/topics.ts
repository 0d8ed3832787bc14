/** One topic of the help. A text that is costly to make is made when it is asked for. */
export interface Topic {
  readonly summary: string;
  readonly text: string | (() => Promise<string>);
}

/** Texts of `tandem help TOPIC`. */
export const topics: Readonly<Record<string, Topic>> = {
  job: {
    summary: "what a job is, and what it may do",
    text: `A job is a module whose default export is a function of one item, or a generator function:

  export default async function (item, ctx) {   // ctx: signal, index, thread, state
    return item * item;
  }
  export async function setup(ctx) {}           // optional: once in each thread; its value is ctx.state
  export async function teardown(state) {}      // optional
  export const items = [1, 2, 3];               // optional: what compare takes where nothing else is given

tandem run job.js < items.ndjson                 one JSON value a line, in and out
tandem compare job.js --items items.ndjson       serial, tasks, threads or both?

A generator gives any number of results for its item. ctx.index is the item's 0-based place in the input; ctx.signal
aborts when the item is no longer wanted, also for a loop that looks at ctx.signal.aborted and never yields.

Results are written as JSON. undefined, NaN and the infinities become null; a Date its ISO text; a Map its
[key, value] pairs; a Set and typed arrays arrays; an Error { name, message }; a RegExp its source. A function, symbol,
BigInt or cycle is the item's error, and the message names the place.

It runs in threads of its own. It may read its project (the nearest folder upwards with deno.json, deno.jsonc,
package.json or .git) and do nothing else; --allow-read, --allow-write, --allow-net, --allow-env, --allow-run,
--allow-sys and --allow-all grant more. A seat belt, not a jail: in an executable it can also import any JavaScript or
JSON module that you can read. It can import relative paths and node: modules, and with --deno what your own Deno has:
npm packages, and the import map of its project. What it prints goes to stderr,
but for Workers of its own. teardown does not run after Ctrl-C, --fail-fast or a closed pipe.
`,
  },
  verdicts: {
    summary: "how tandem claims and compare decide, and what unclear means",
    text:
      `Each round runs every kind of work in every mode, in shuffled order, in fresh threads. An effect is a speedup: the
Hodges-Lehmann estimate from the ratios of the rounds, each a pair of runs of one round, with its 95 % interval.

  holds, fails  the rounds are on that side of the claim's limit; Holm's method has counted how many claims are tested,
                so that even one wrong verdict comes in 1 of 20 runs at most
  unclear       too few rounds, or
                the A/A control failed: the same work, measured twice a round, differed from itself by more than 2 %, or
                other programs kept the cores busy that the claim needs, or
                the interval lies on both sides of the limit
  skipped       the machine has not the cores that the claim needs

tandem claims --rounds 30 narrows the intervals. tandem explain shows each claim's limit.

tandem compare says of each mode, against serial:

  faster, slower  the whole interval lies beyond 2 %
  same            the whole interval lies within 2 %
  unclear         anything else, with its reason: no difference shown, too few rounds (6 are needed), the A/A control
                  shows a difference, or other programs took cores that threads need in more than a fifth of the rounds
`,
  },
  journal: {
    summary: "how a run that was killed goes on",
    text: `tandem run job.js --journal j < items > results        notes in j what is done
tandem run job.js --resume j < items >> results        goes on, after Ctrl-C or any death of the program
tandem run job.js --retry-failed j < items >> mended   runs the items that failed once more

Resume with the same job, flags and input, and append to the same output: anything else is refused before it does harm.
How wide the run is may change. What was written behind the journal's last record, a second's work at most, is cut off
and comes again, so the results are those of one undisturbed run. In a pipe nothing can be cut: it comes twice there.

The job is its file and what it imports by relative paths. An item that failed is done; --retry-failed runs those again
when the run has come to its end, also by a job that was mended. The journal outlives the program, not a power failure.
`,
  },
  "exit-codes": {
    summary: "what the exit code says",
    text: `Exit codes
  0        all well; also when the reader of a pipe has gone (| head)
  1        some items failed; or the modes of compare gave different results
  2        wrong usage, or a job that could not be loaded
  3        the output could not be written (a full disk, for example)
  129      the terminal was closed
  130/143  ended by Ctrl-C / SIGTERM
`,
  },
  json: {
    summary: "the documents that --json prints",
    text:
      `claims, compare, jobs, streams and channel print one JSON document with --json, and run writes one about itself with
--export-json FILE. All have the same head, and what differs is in options and result:

  { "schema": 1, "tool": {}, "command": "claims", "startedAt": "2026-11-24T15:04:52.000Z", "elapsedMs": 31800,
    "machine": {}, "options": {}, "seed": 42, "result": {} }

Names end in their unit: elapsedMs, rssBytes. What was not measured is null. Later versions may add fields and rename
none; schema counts the changes that old readers would not understand.

tandem help json-schema > tandem.schema.json     each field and what it means, as JSON Schema for validators and editors
tandem claims --json | jq .result.counts         the verdicts, counted

It is also the schema of compare --save-plan, and of --version --json. What run writes to stdout is the job's own.
`,
  },
  "json-schema": {
    summary: "the JSON Schema of these documents, itself as JSON",
    text: async () => {
      const { jsonSchema } = await import("../../report/schema/json_schema.ts"); // valibot: only for who asks
      return `${JSON.stringify(jsonSchema(), undefined, 2)}\n`;
    },
  },
};

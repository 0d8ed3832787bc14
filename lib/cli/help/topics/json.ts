/** The documents that `--json` prints. */
export const text = `claims, compare, diff, jobs, streams, channel and scale print one JSON document
with --json. claims, compare, diff, streams, scale and run write one with
--export-json FILE; tandem report FILE reads it again. All documents have the
same fields; options and result differ by command:

  { "schema": 1, "tool": {}, "command": "claims",
    "startedAt": "2026-11-24T15:04:52.000Z", "elapsedMs": 31800,
    "machine": {}, "comparable": {}, "options": {}, "seed": 42, "result": {} }

comparable has hashes of what a result depends on: job, items, options, machine
and versions. Two documents whose hashes are equal measured the same.

Names end in their unit: elapsedMs, rssBytes; in options, durations are
milliseconds and sizes bytes. What was not measured is null, and an option that
was not given and has no default is absent.
Later versions may add fields, and rename none. schema counts the changes that
old readers would not understand.

  tandem claims --json | jq .result.counts   # the verdicts, counted
  tandem run job.js --export-json run.json < items.ndjson
  tandem help json-schema > schema.json      # every field, its meaning and unit

A run's result has a timeline: the first 2,000 attempts that ended, each with
its thread, task (one of the items that the thread ran at once, from 0), startMs
and endMs since the run's start, line, attempt and outcome: ok, failed, retried
(it failed, and the item ran again) or lost (cut off with its thread). leftOut
counts the others, events are steals and threads that were replaced. For more,
or for a timeline that can be zoomed: run --trace, see tandem help trace.

  jq '.result.timeline.attempts[] | select(.outcome != "ok")' run.json

The JSON Schema is for validators and editors. It also describes what
compare --save-plan and --version --json write. What run writes to stdout is the
job's own.
`;

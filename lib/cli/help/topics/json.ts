/** The text of `tandem help json`. */
export const text =
  `claims, compare, jobs, streams and channel print one JSON document with --json, and run writes one about itself with
--export-json FILE. All have the same head, and what differs is in options and result:

  { "schema": 1, "tool": {}, "command": "claims", "startedAt": "2026-11-24T15:04:52.000Z", "elapsedMs": 31800,
    "machine": {}, "options": {}, "seed": 42, "result": {} }

Names end in their unit: elapsedMs, rssBytes. What was not measured is null. Later versions may add fields and rename
none; schema counts the changes that old readers would not understand.

tandem help json-schema > tandem.schema.json     each field and what it means, as JSON Schema for validators and editors
tandem claims --json | jq .result.counts         the verdicts, counted

It is also the schema of compare --save-plan, and of --version --json. What run writes to stdout is the job's own.
`;

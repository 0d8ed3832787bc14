/** The formats that documents are exported in. */
export const text = `claims, compare, scale, streams, run and diff write their result to files, too.
Each flag can be given several times, and - is stdout, which is then left to
that format.
Whether a file can be written is tried before anything is measured. It is
written to a temporary file beside it, which then takes its name, so nobody
reads a part of it. Ctrl-C exports what has been measured.

  tandem compare job.js --export-json old.json --export-markdown summary.md
  tandem report old.json --format csv        # the same later, without measuring

json              The whole document, as --json prints it: every measured run,
                  machine, versions, flags, seed, verdicts, advice and plan.
                  Only this one can be read again. See: tandem help json.
ndjson            Its rows: claims, modes, rungs or items, a line of JSON each.
csv               The same as RFC 4180 has it. Columns end in their unit. A text
                  that a spreadsheet would take for a formula (= + - @) begins
                  with ' instead.
markdown          Tables and findings, as GitHub shows them.
html              One page with charts, a table for each, and the document
                  behind a button. It needs no network, and shows several
                  documents one after another. Of a run it shows what each
                  thread ran when.
hyperfine         The times of all runs in seconds, as hyperfine --export-json
                  writes them, for its scripts and others that read them. A time
                  is that of a run over all items; user is all CPU time, and
                  system is 0.
benchmark         For github-action-benchmark, tool customSmallerIsBetter: time
                  and p99 of an item, memory.
benchmark-bigger  The same, tool customBiggerIsBetter: throughput, effects.
bencher           Bencher Metric Format: latency in nanoseconds, throughput,
                  memory in bytes, with their 95 % intervals.

compare --runtimes has a row or an entry for each mode in each runtime: first
those of the first one. Its name is that of --runtimes, like node=v24/node, and
stands in the columns runtime and runtimeVersion of csv, in the parameters of
hyperfine, and in the names of benchmarks. json has the modes of the second
runtime as modes, and those of the first one as old in changes.

claims and compare have all of them, scale all but hyperfine. streams, run and
diff have json, csv, markdown and html, streams also ndjson. run works on the
items once, and does not measure in rounds: for numbers to track over time,
export those of tandem compare. report FILE... renders saved documents in the
formats of their command, several together:

  tandem report mon.json tue.json --export-csv both.csv
`;

/** How machines share an input, and how their outputs become one. */
export const text = `SHARDS

Several machines share one input: each runs every N-th item, and gather merges
what they write.

  tandem run job.js --tag --errors inline --shard 0/2 items > out.0
  tandem run job.js --tag --errors inline --shard 1/2 items > out.1
  tandem gather out.0 out.1 --items items --untag > results

--tag gives each result its line, which gather needs. With --errors inline error
records are in the output too; without, lines that failed are missing there.

In the names of files that a run writes, {shard} is the number of its shard:

  tandem run job.js --tag --shard 1/2 --results 'out-{shard}' items

That is 0 to N-1, with as many digits as N-1 has, so that names sort: 00 to 11
of 12. {{shard}} is the text {shard}, and other braces are left alone. Names of
inputs are left alone, too: all shards read the same input. In gather, {shard}
stands for all outputs: tandem gather 'out-{shard}' --shards 2. With --shard
auto, the run warns of files that all shards would write.

tandem engine prints a whole script: see tandem help engine.

SHARD AUTO

run --shard auto takes the shard from the variables of the engine that started
it, and stderr says which one it took:

Slurm         SLURM_ARRAY_TASK_ID, _MIN, _MAX, _STEP and _COUNT, of a range like
              --array=0-7, 1-8 or 0-28:4. Of a list like 1,3,7 Slurm does not
              tell a task its place.
Kubernetes    JOB_COMPLETION_INDEX of an Indexed Job, from 0, and
              JOB_COMPLETIONS, which your manifest has to set, or --shards N.
AWS Batch     AWS_BATCH_JOB_ARRAY_INDEX, from 0, and AWS_BATCH_JOB_ARRAY_SIZE.
GitLab        CI_NODE_INDEX, from 1, and CI_NODE_TOTAL, of parallel: N.
GNU parallel  PARALLEL_SEQ, from 1, and --shards N.

A wrong shard would skip lines, and nobody would notice. So the run is refused
(exit 2) where a part of these is missing, a number is out of range, two engines
contradict each other, or --shards is not the engine's number. A part of an
array, like --array=3,4, looks to each task like an array of two: only --shards
tells that it is not.

WHAT GATHER WRITES

The records of all files in the order of their lines, with all values of a line.
It keeps one record of each file, so memory depends on the number of files and
on the longest record. Each file must be in order: that of a run --unordered is
refused, and so is one that ends within a record (exit 2). What comes before
that is written. Files that gzip or zstd has compressed are decompressed. All
files are open at once: for more than a thousand, raise the limit (ulimit -n).

--untag writes what one machine would have written, byte for byte, without
--tag: values and, where they are inline, error records. Say what the run's
format was: --output json, lines, or exec for the output of --exec, and -0. Two
things differ. A text that --output lines cannot hold, as it has a newline or
half a surrogate pair, is refused, where one machine makes an error record of
it. And a result that --max-result holds only without its tag has failed.
--output csv cannot be gathered, as each shard has a header of its own.

WHICH LINES MUST BE THERE

gather names on stderr lines that are in no file, those that are there twice,
and those that are not of the input; then it exits with 1. Of a line that is
there twice, what came first is written. What is not of the input is left out.

--items FILE  The input of the run: each line that is not blank must be there,
              each row (--input csv), or each line in which an element of an
              array begins (--input array).
--lines N     The lines 1 to N must be there.
neither       The lines 1 to the highest that is there. Whether lines are
              missing at the end cannot be known.
--sparse      Lines may be missing: generators may yield nothing.

Of a generator, gather cannot know whether the last values of a line are there,
where its run was killed in that line. Resume that run first.

Elements of an array that share a line cannot be told apart: put each on a line
of its own first (jq -c '.[]').

LINES THAT FAILED

An item that failed is not missing: with --errors inline its error record stands
in the place of its results. gather counts it on stderr (gathered: 99,997 ok, 3
failed) and exits with 0. The run of its shard exits with 1, and so does the
script of tandem engine parallel. These records begin like

  {"line":17,"error":{"name":"TypeError",

in the outputs of shards, and in what gather writes. With --untag, a result can
look the same. To run only those items again, with a job that is mended, where
each run had --results 'out-{shard}' and --journal 'j-{shard}':

  for i in 0 1; do
    tandem run job.js --tag --errors inline --shard $i/2 --retry-failed j-$i \\
      items > again-$i
    grep -v '^{"line":[0-9]*,"error":' out-$i > ok-$i
  done
  tandem gather ok-* again-* --items items --untag > results

Without journals, this writes the lines of the input that failed to a file:

  sed -n 's/^{"line":\\([0-9]*\\),"error":.*/\\1p/p' out-* |
    sed -n -f /dev/stdin items > failed
`;

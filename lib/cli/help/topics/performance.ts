/** What a run costs, measured. */
export const text = `Whole commands from start to end, results in order, on 2 cores (AMD EPYC) with
Deno 2.9.6:

  WORK                                               TIME  PEAK MEMORY
  1 million short lines through (line) => line     0.42 s      130 MiB
  10 million of them (79 MB)                        2.1 s      130 MiB
  1 GiB in lines of 1 kB                            2.4 s      155 MiB
  3,000 items of 1 ms of computing, -j2            1.68 s       90 MiB
  1,000 waits of 50 ms, -j1 --tasks 100            0.61 s       72 MiB
  400,000 lines behind a first one that takes 3 s   3.5 s      150 MiB
  10 million values of one generator                1.7 s      100 MiB

The ideal time for the 3,000 items is 1.52 s; start-up takes 0.1 s.

WHAT FLAGS COST

Time compared with the same run without the flag:

  FLAG                                MILLION LINES  ITEMS OF 1 MS
  --isolate=process                           1.36×          1.04×
  --journal                                   1.04×          1.02×
  --timeout with --isolate=worker       not measurable
  --retries                             not measurable

MEASURE YOUR OWN

  tandem run job.js --export-json summary.json < items.ndjson
  tandem compare job.js --items items.ndjson
  tandem compare @noop                # what tandem itself costs

In a clone of the repository:

  deno task bench          compares tandem with piscina, poolifier, workerpool,
                           a hand-written pool, GNU parallel and xargs
  deno task bench:advice   asks compare about every built-in job, many times
  deno task bench:timers   checks compare's times against those of hyperfine
                           and mitata
`;

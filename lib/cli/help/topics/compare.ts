/** What `tandem compare` measures, and how to read it. */
export const text = `WHAT IS MEASURED

compare runs your job in four modes and says which is fastest:

  serial    1 thread   × 1 task
  tasks     1 thread   × many tasks
  threads   N threads  × 1 task
  both      N threads  × many tasks

  tandem compare orders.js                    # the items it exports
  tandem compare job.js --items items.ndjson  # one JSON value a line
  tandem compare job.js --items - < items     # from stdin
  tandem compare job.js --items list --input lines
  tandem compare job.js --items people.csv.gz --input csv  # see help run
  tandem compare job.js --count 1000          # the items 0 to 999
  tandem compare @http                        # a built-in job, its own items
  tandem jobs                                 # lists the built-in jobs

A round runs the items once in every mode, and in serial once more, in shuffled
order, each time in fresh threads that a few items warm up first. If a run
would be shorter than 0.1 s, it goes through its items several times. If there
is not enough time for all items, some are drawn at random (--seed). Before the
first round compare prints how often each item will run, so that you can judge
side effects.

All runs must give the same results, in every mode and every time. If results
may differ (a clock, random numbers, a network), add --outputs=ignore. An item
that fails ends the comparison.

  tandem compare fetch.js --allow-net --outputs=ignore

THE TABLE

N×K       threads × tasks (on a wide terminal: THREADS×TASKS)
VERDICT   faster or slower: the whole 95 % interval of RATIO is more than 2 %
          away from 1. same: the whole interval is within 2 %. unclear: no
          difference was shown, with the reason below the table.
RATIO     how many times less time than serial the mode took: the
          Hodges-Lehmann estimate over the rounds, each a pair of runs of the
          same round (on a wide terminal: VS SERIAL).
95% CI    the 95 % interval of that ratio. It takes 6 rounds; the default is
          12.
P99       99 % of the items took less than this, from start to end.
LAG       how late a timer fires in the job's threads: 99 % of the time less
          than this. A blocked loop counts for all the timers it holds up.
RSS       memory of the whole program at the end of a run.

Below the table:

A/A control     serial against serial. If it shows a difference, compare says
                nothing about the modes.
other programs  If they take cores that the threads need in more than a fifth
                of the rounds, compare says nothing about threads.
our own cost    the cost of an item that does nothing, measured before the
                rounds.
One item        how long an item computes (processor time of its thread, which
                some kernels count in ticks of 10 ms), waits, and takes to send
                and receive.
Threads win     the CPU time per item from which sharing the computing among
above           threads saves more than overlapping the waiting with tasks.
→ Use           of the widths that the fastest is not shown to beat, the one
                with the fewest threads and tasks; its reason; and what would
                change it.

compare exits with 0 even if there is no advice, or none for threads.

TWO JOBS

  tandem compare old.js new.js
  tandem compare --against main job.js   # the old one is that of a commit

Has a job become faster or slower? Both jobs run over the same items (those
that the new one exports, or --items) in the same shuffled rounds, and their
results must agree. In each round a mode's two runs make a pair; the new job
runs once more in the first mode as the A/A control.

By default the modes are serial and the one that suits the items: threads if
they compute, both if they also wait. If they hardly do anything but wait, it is
tasks alone, as serial would take nearly all of the time. More modes make the
runs of each shorter:

  tandem compare old.js new.js --modes serial,tasks,threads,both

OLD, NEW  the time of an item: that of a run, divided by its items
CHANGE    by how many percent it changed: + is slower; a factor from twice the
          time on. The estimate is that of RATIO, old time / new time, which
          the JSON document has.
VERDICT   faster or slower: the whole interval lies beyond the margin, which is
          2 % (--margin). same: the whole interval lies within. unclear: neither
          is shown; more rounds or a quieter machine can show it. Next: has as
          many rounds as show it in 4 of 5 comparisons, if the estimate is
          right, and the time for them, up to 1,000 rounds and an hour.

--against GIT_REF takes all files of that commit from the job's repository, so
that what the job imports is there too, to a temporary folder, which is removed
at the end. The repository, its index and its folder stay as they are. What git
does not track, like node_modules, is not there. Only tandem runs git; the jobs
may run no programs unless you allow it.

A gate in CI exits with 1 if the job is slower; with --fail-on slower,unclear
with 4 if that is unclear, so that noise alone does not have to fail a build:

  tandem compare --against main job.js --fail-on slower --margin 5%

A change can be shown only if it is larger than the margin: with 5%, one of 5 %
is unclear. With 20 rounds and 1 to 2 % of noise, a change of 5 % is found in 95
of 100 comparisons at the margin of 2 %.

TWO RUNTIMES

  tandem compare job.js --runtimes deno,node --allow-net --allow-sys
  tandem compare job.js --runtimes node=v20/node,node=v24/node --allow-all

Is a job faster or slower in the second runtime than in the first? The same job
runs in both, over the same items, in the same shuffled rounds, and is compared
mode by mode, as two jobs are: with --modes, --margin and --fail-on, and its
results must agree. Threads have processes of their own in both runtimes, as
with --isolate=process, so that only the runtime differs. The last sentence
says which runtime to use for which mode, or that no difference is shown.

Both have the same permissions; what each can deny is in tandem help runtimes.
--deno makes your own Deno the one of --runtimes.

A PLAN

  tandem compare orders.js --save-plan job.plan.json
  tandem run orders.js --plan job.plan.json --limit 5 < items.ndjson

run then uses the width that the plan says. It warns if the job or the machine
is another one.

TIME

--max-time (default 30s) is a hard limit, also for reading the items and for
loading the job. Rounds and items are reduced to fit it: first rounds, down to
6; then items, down to 2 per thread; then the last rounds, which leaves too few
to tell. If not even one round fits, compare says at once what time is needed,
and exits with 2. An unfinished round is discarded.

--stop-early stops after 10 rounds or more, as soon as every difference is
settled by 3 standard deviations; it is meant for --rounds 50. --warmup N runs
N rounds first that do not count.

  tandem compare orders.js --rounds 50 --stop-early --max-time 2m

Ctrl-C keeps the rounds that are complete.

A GRID

--threads and --tasks set the corners. --grid also measures widths between and
beyond them, and draws a heat map. Give it time.

  $ tandem compare orders.js --grid --max-time 45s
  THREADS        1        4       16       32  TASKS
        1    1.00×  ▒▒2.53×  ▓▓3.41×  ▓▓3.53×
        2  ░░1.97×  ██4.75×  ██5.80×  ██6.63×
        4  ▓▓3.61×  ██5.83×  ██6.40×  ██6.37×
  Best cell: 2×32, 6.63× serial's speed; 2 other cells are not shown to be
  slower.

  tandem compare orders.js --threads 4 --tasks 16

ITEMS THAT MUST NOT RUN TWICE

With --once each run takes items of its own, in order, and outputs are not
compared. At the end compare says how many of the first items have run, and the
next command starts after them. It needs a few hundred items.

  tandem compare mail.js --items list --input lines --once

MORE

--isolate, --timeout, --memory, --deno and the permission flags work as for
run: see tandem help limits and tandem help permissions.

--json prints every run of every round, with processor time per thread, memory,
heap, loop lag, context switches, and what an item goes through: start, send,
queue, computing, waiting, receive. tandem help json-schema describes it.

  tandem compare orders.js --json > orders.json

--trace FILE runs each mode once more after the rounds, and writes a timeline of
these runs that ui.perfetto.dev opens: see tandem help trace.

  tandem compare orders.js --trace trace.json
`;

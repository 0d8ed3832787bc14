/** How `tandem run` reads, runs and writes. */
export const text = `INPUT AND OUTPUT

A job is a function of one item. run reads items from stdin, or from files,
one JSON value a line, and writes each result as one line of JSON to stdout.

  // squares.ts
  export default async function (item: number) {
    return item * item;
  }

  seq 1000000 | tandem run squares.ts > squares.ndjson

--input lines and --output lines are for plain text, -0 is for NUL instead of
newline. --limit N runs the first N items only. --shard I/N runs every N-th
line, so that N machines can share one input; --shard auto takes I and N from
Slurm, Kubernetes and others: see tandem help gather.

Blank lines are skipped and counted. stdout carries results only. Progress,
warnings and errors go to stderr, and so does what the job prints with console.
A generator can write any number of results for an item: see tandem help job.

--results FILE (-o) writes results to FILE instead of stdout, for where no shell
can redirect them, and for the file of a shard: out-{shard}. What FILE had
before is overwritten when the job is loaded. With a journal nothing is
overwritten: a run that goes on appends, and one that begins refuses a FILE that
is not empty.

  tandem run job.js items.ndjson             # items from a file
  tandem run job.js --shard 0/4 items.ndjson # the first of four shards
  tandem run @primes --limit 3               # a built-in job, its own items
  tandem jobs                                # lists the built-in jobs

Some built-in jobs compute, some wait, some do both. Others block their thread,
move much data, or have a few items that take far longer than most. The list
says which mode should suit each.

With --exec a command takes the place of the job: see tandem help exec.

  tandem run --exec 'convert {} {.}.png' < names

CSV, ARRAYS, COMPRESSED FILES

  tandem run job.js --input csv people.csv        # { name: "Anna", age: "41" }
  tandem run job.js --input array items.json      # [ {...}, {...} ]
  tandem run job.js --input csv --output csv people.csv.gz > results.csv

--input csv takes rows as RFC 4180 has them: the first row of each file is its
header, and each other row is an item, an object of strings. A field in quotes
may hold commas, newlines, and quotes, which are doubled. --input tsv is the
same with tabs. Empty lines are skipped. A row with too few or too many fields,
or with a quote where none may be, is an error record with the line that the
row begins in. A quote that is never closed takes in all lines up to the next
quote, or to the end of the file. A header with an empty name, or with the same
name twice, ends the run. --header name,age is for files without a header.

--input array takes files that are one JSON array each. Its elements are read
one by one, so the array may be larger than the memory.

Files and stdin that gzip or zstd has compressed are decompressed, whatever
their names; lines are those of what they hold.

--output csv writes each result that is an object as a row. The keys of the
first result, in the order of the output, are the columns. A later result may
lack some of them: its fields are empty. One with a key that is no column is an
error record. Strings are written as they are, null as an empty field, other
values as JSON; nothing keeps a spreadsheet from reading =1+1 as a formula.
With --tag the first column is the line. Such a run keeps no journal.

ORDER

Results come in the order of the lines. --unordered writes them as they come.
With --tag each result carries its line: {"line":17,"value":4}. Lines are
counted from 1, blank lines included; ctx.index counts from 0 without them.
Both count the whole input, also with --shard.

A result leaves at the latest 5 ms after its item ends if the thread waits, and
25 ms after if it computes. It can only leave between items: one that ends just
before an item that blocks its thread waits for that item.

ERRORS

Each line that is not blank comes to exactly one end: its result (for a
generator: its values) or one error record. The others go on. A line that is
not JSON, not UTF-8 or longer than --max-line is an error record, too.

  {"line":17,"error":{"name":"TypeError","message":"..."}}

Of several FILEs, it also has "at":"b.txt:3", the file and its own line.

An error that is not the job's own has a code, too: line-too-long, not-json,
not-csv, not-utf8, result-too-long, result-has-separator, result-not-bytes,
result-not-utf8, result-not-json, result-not-row, denied, timeout,
out-of-memory or lost.

--errors inline writes error records to stdout, in their place.

--fail-fast stops at the first item that fails. --max-failures 100 stops when
more than 100 have failed; --max-failures 5% when more than 5 % of those that
have ended, once 100 have. Running items are cancelled. With --journal, the
summary has the command that goes on.

If any item failed, the exit code is 1: see tandem help exit-codes.
For time and memory limits and processes: see tandem help limits.

RETRIES

--retries N runs a failed item up to N more times. Before each attempt it rests
for a random time: up to 100 ms, then up to 200 ms, 400 ms and so on, at most
--retry-max. So items that failed together do not come back together.

  tandem run fetch.js --retries 5 --retry-on Response,TimeoutError < items

--retry-on retries only errors of these names. tandem's own are TimeoutError,
OutOfMemory, ThreadDied and ProcessDied; a Response that was thrown is Response.

A job can say what it knows:

  throw Object.assign(new Error("busy"), { retryAfter: 30 }); // seconds
  throw Object.assign(new Error("no such user"), { retryable: false });
  if (!response.ok) throw response; // a fetched one: its Retry-After counts

Then the item rests at least so long, or does not run again. retryAfter can also
be a Date, or the text of a Retry-After header. An item that asks for more than
--retry-max fails at once. With a fixed width (--tasks, --threads) an item that
was asked to wait keeps its place meanwhile, so the run calls less often; auto
gets narrower.

Retries do not multiply the load while what the job calls is down: they take at
most 20 % of all attempts, and 10 more at the start. An item whose retry is due
beyond that is not lost: it waits until others have ended. When no other item is
left to start, retries go on after their pauses.

HOW WIDE

The width of a run is threads × tasks: the number of threads, and how many
items each thread runs at once. By default run starts with one thread and one
task, measures while it works, and scales up: more tasks while items wait, more
threads while they compute. What does not pay is taken back.

Items that fail are no speed. If more of them fail because there are many at
once, as where a server answers 429, run goes back to as many as did not fail,
and later tries a few more. If as many fail with fewer at once, the width is
not the reason, and run is as wide as before.

  tandem run job.js --mode serial items.ndjson            # 1 × 1
  tandem run job.js --mode tasks items.ndjson             # one thread
  tandem run job.js --mode threads items.ndjson           # one task each
  tandem run job.js --mode both items.ndjson
  tandem run job.js --threads 2 --tasks 8 items.ndjson    # your choice
  tandem run job.js -j 2 items.ndjson                     # short

By itself it takes at most one thread for each usable core and 512 items at
once. A plan that compare saved sets the width, too; --threads, --tasks
and --mode override it. run warns if the plan is for another job or machine.

  tandem run job.js --plan job.plan.json items.ndjson

PACE

--rate 60/min starts no more than a service allows, --key has a limit for each
user or host. --target-p99 is for the time of an item, --load and --mem-free are
for a machine that others use, too: see tandem help pace.

  tandem run job.js --rate 60/min < items.ndjson

PROMISES

*  No line is split, and no two are mixed.
*  Memory depends on the width, the longest line and the longest result, not on
   the input. An endless input, a slow reader, a slow first item and a generator
   of a million values change nothing.
*  An item runs twice only with --retries, or if it had started beside one that
   crashed their process, exceeded its memory limit, or blocked their thread
   for longer than --timeout; and when you resume a run: see tandem help
   journal.
*  If the reader of stdout closes it (| head -3), the run stops at its next
   result and exits with 0. If the reader waits, the run waits.
*  A thread that dies is replaced. After ten deaths in a row without an item
   that ends well, the run gives up: it says how far it came and exits with 5.
   The lines that are left have no result and no error record.
*  Ctrl-C ends the run within 2 s, leaves no process, and exits with 130.
*  It never prompts for a permission. At start-up tandem drops every permission
   that the command does not need.

One gap: a Worker that a job starts itself prints to stdout, past tandem.

SUMMARY

The last line on stderr says how many items ended well, how many failed, the
width, the time and the items per second. -q hides it and the progress.
--export-json FILE writes it as a document: see tandem help json. --export-html
FILE makes a page of it, with what each thread ran when.

  tandem run job.js --export-json summary.json items.ndjson

It also says what items took from start to end: half of them at most p50, 99 of
100 at most p99, to 1 %. That is measured with progress on a terminal, --log or
--export-json, from a sample of 1,000 items a second in each thread (with --log,
all). The progress line has p50 and p99 of the last 5 s, how many items are in
flight, how many wait to be retried, and what holds starts back: the reader of
stdout, or the input. What has no room in the line is left out.

LOG

--log FILE writes a line of JSON for each attempt of an item, when it has ended:

  {"line":17,"slot":0,"attempt":1,"start":"2026-11-26T22:19:58.123456Z",
   "ms":12.5,"outcome":"ok","bytes":5}                       # in one line

*  slot is the thread's number from 0, start and ms are when the attempt started
   and how long it took in its thread, both by one clock that no clock step
   moves. They are null if a process was lost before it said when.
*  outcome is ok, error, or the code of an error that is not the job's own, like
   timeout or lost; if it is not ok, error has the error's name.
*  bytes is the length of the result (of a generator: of all its values) or of
   the error record, as the thread made it; 0 if the thread was lost.

The lines are in the order in which tandem learns of the ends. An item that runs
again because another one crashed or blocked its thread has had no attempt.

A new run overwrites FILE; one that goes on with a journal appends to it. A
program that is killed loses the lines of the last 0.1 s. If FILE cannot be
written, the run goes on without it and exits with 3. It costs 2.5 µs of CPU
time an item.

  tandem run job.js --log run.log items.ndjson > results
  jq -s 'sort_by(.ms)[-10:]' run.log                  # the ten slowest items

TRACE

--trace FILE writes a timeline that ui.perfetto.dev opens: when each item waited
and ran, in which thread and task, steals, restarts, retries, and how the width
changed. See: tandem help trace.

  tandem run job.js --trace trace.json items.ndjson > results

A job can read its own project and nothing else; --allow-net and other flags
grant more: see tandem help permissions. To resume a run: see tandem help
journal.
`;

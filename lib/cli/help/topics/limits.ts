/** Limits on a job, and what tandem does when something goes wrong. */
export const text = `LIMITS

  --timeout 2s        the longest time from an item's start to its end. First
                      ctx.signal aborts. An item that ignores it fails a moment
                      later. A thread that the item blocks is killed and
                      replaced.
  --memory 512MiB     memory limit (RSS) for each thread's process. The item
                      that exceeds it fails.
  --retries 2         an item that failed runs up to 2 more times, after random
                      pauses: see tandem help run. Its error record says how
                      many attempts were made.
  --isolate process   runs each thread in a process of its own, which can be
                      killed. --timeout, --memory, --allow-run and --allow-all
                      do so by themselves.
                      It costs 60 ms at the start, 36 % more time for items
                      that do nothing, and 4 % for items of 1 ms.
  --isolate worker    keeps the threads in tandem's own process.

  tandem run job.js --timeout 2s --memory 512MiB --retries 2 < items.ndjson

YOUR OWN DENO

--deno runs the job under the deno on your PATH; --deno=PATH under the one at
that path. Both use the deno.json or package.json of the job's project. So npm
packages, an import map and TypeScript work, from an executable too. tandem does
not fetch what is not in Deno's cache: run deno cache first.

  deno cache job.ts
  tandem run job.ts --deno < items.ndjson

WHAT A JOB DOES, AND WHAT HAPPENS

*  It throws, rejects or recurses without end: one error record for that item.
   Its thread goes on.
*  It cannot be loaded: exit 2 before a line is read, with the path, the line
   and what to do.
*  It returns a value that is not JSON (a function, a BigInt, a cycle): an error
   record that names the place in the value. NaN, Map, Date and a few more
   become JSON: see tandem help job.
*  It calls Deno.exit, process.exit or self.close: an error record for that
   item.
*  It throws later, from a timer or a promise: the error record of the item it
   belongs to. If that is not known, all items that the thread was running get
   one, and the thread is replaced. After the item's end: a warning on stderr.
*  It never ends, or blocks its thread: with --timeout an error record, and the
   others go on. What only waited in a blocked thread runs again in a new one.
   With --timeout and --isolate=worker, a blocked thread keeps its core until
   the end, and stderr says so. Without a limit it runs on, and the progress
   shows its line and how long it has run.
*  It uses too much memory: with --memory its process is killed. The items that
   had started there run again, one at a time, so that only the culprit gets an
   error record.
*  It crashes its process: with --isolate=process the same. Otherwise it takes
   tandem with it.
*  It writes to stdout or file descriptor 1: the text goes to stderr. So does
   what a program prints that it starts.
*  It reads stdin or file descriptor 0: an error record for that item. A program
   that it starts finds stdin empty, or at its end.
*  It does one of these past tandem, from a Worker of its own, or through a
   module of Node whose name it computes, or in an executable on Deno 2.6 by a
   function imported from node:fs: with --isolate=process the same, but reading
   finds nothing. Otherwise it takes lines from the input, or its text is among
   the results.
*  It listens to signals: it cannot stop Ctrl-C.
*  It starts programs: with --isolate=process they are in the process group of
   their thread's process, and are killed with it, however it ends (not on
   Windows). Otherwise, or if they leave the group (setsid), they run on. One
   that takes ctx.signal ends when its item times out:
   new Deno.Command("wget", { args, signal: ctx.signal })

*  There are too many threads: exit 2, and stderr names the limits. Each takes 6
   open files and 8 MiB, in a process 4 and 35 MiB. A limit of processes
   (ulimit -u) ends tandem with a message of Deno, where the threads are not in
   processes.

If ten threads die in a row, and no item ends well between, the run gives up
and exits with 5.

WHAT HAPPENS AROUND IT

*  Ctrl-C, SIGTERM: running items get 1 s to end. Results and a summary are
   written. The program ends with 130 or 143 within 2 s. A second signal ends it
   at once.
*  The terminal closes: the same, with 129.
*  SIGINT or SIGHUP that was ignored at the start (under nohup, or in a script's
   background): the run goes on. Only Linux tells what was ignored.
*  The program is killed: its processes end by themselves within 30 ms. With a
   journal you can resume the run: see tandem help journal.
*  stdout was closed before the start (>&-): Deno puts /dev/null there, so the
   results are lost as with > /dev/null, and the exit code does not tell.
*  stdout is a pipe that another program has made non-blocking, and it is full:
   the results end with exit code 3. A cat between helps: tandem run ... | cat
*  The reader of stdout closes it: the run stops at its next result and exits
   with 0.
*  The reader of stdout waits: everything waits, in bounded memory.
*  The disk is full: exit 3, with one message.
*  A line is too long, not UTF-8, or not JSON: an error record with its line.
   Blank lines are skipped and counted.
`;

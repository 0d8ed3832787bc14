/** What `--trace` writes. */
export const text = `run --trace FILE and compare --trace FILE write when each item waited and ran,
in which thread and task, for a timeline. Open the file in ui.perfetto.dev (it
stays on your machine) or in chrome://tracing.

  tandem run job.js --trace trace.json < items > results
  tandem compare job.js --trace trace.json

Each thread has a group of tracks. Threads and tasks count from 0. A thread that
was replaced goes on in the same group.

task N   One track for each item that ran at the same time in the thread.
         run    from the start of the item until the job's function returned; of
                a generator, until its end
         wait   from there until the promise that it returned was settled. What
                the job computes after its first await counts here, too: nobody
                can tell it apart.
queue    Items that were sent to the thread together: from then until the last
         of them had started, or was taken back.
send     From the first end of some items until the main thread had the report
         of them. They are sent together, to save wake-ups.

Details of run and wait: line, attempt, outcome (ok, error, a code like timeout
or lost), error, bytes of the record, queueMs (from when it was sent to its
start) and sendMs (from its end until main had it). The outcome is again if the
item was cut off beside one that crashed or blocked its thread, and so runs once
more; when it started is known to the millisecond. What did not end well is red
in chrome://tracing. An item shows when it has ended: one that was still running
at the end of the run is not there.

Points: steal (items that had not started were taken back, for a thread that had
nothing to do), restart and kill of a thread, retry (the item failed and will
run again). Counters: width (threads, tasks), items per second, items in flight
(sent, and not reported back).

Times are those of the threads, in microseconds (to the nanosecond) since the
start of the program, by one clock that no clock step moves; with --isolate
process, clocks of two processes can differ by some microseconds. The format is
the Trace Event Format of Chromium, about 200 bytes for an item of a job that
does not wait, 400 for one that does. Memory does not grow with the run.

compare traces one run of each mode after the rounds: the rounds themselves are
not traced, because that would change what they measure. It takes as long as one
more round, which --max-time counts. With --once there is no trace.

FILE is written while the run goes on, under the name FILE.xxxxxxxx.part, and
gets its name at the end, also after Ctrl-C. A program that is killed leaves the
.part file: the format lets its last bracket be missing. A pipe is written
directly. If FILE cannot be written any more, the run goes on without it and
exits with 3.
`;

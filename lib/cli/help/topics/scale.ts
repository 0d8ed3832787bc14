/** What scale parks, and how to read its table. */
export const text = `tandem scale parks more and more tasks and threads, all waiting at the same
time, and measures what they take. Each rung has a process of its own, so
nothing is left of the one before. Threads climb in one process, one after the
other, until --max-memory, the time limit or a limit of the system.

  tandem scale
  tandem scale --kinds generator,promise --up-to 1e5
  tandem scale --kinds thread --max-memory 1GiB
  tandem scale --json | jq .result.fits

generator  a generator that has yielded: the least that keeps its place
promise    an async function that awaits one promise, which all share
wheel      an async function that sleeps by one timer, which all share, and
           awaits a promise of its own
timer      an async function that awaits a setTimeout of its own
delay      an async function that awaits delay of @std/async, with an
           AbortController of its own
fetch      an async function that awaits the answer of an HTTP server on
           127.0.0.1, in another process; up to 10,000
thread     a Web Worker that waits for a message

ALIVE  how many wait at the same time
TOTAL  resident memory that they add to their process. It is taken in pages,
       so a total below 4 MiB says little
START  until all wait. For threads: until each has replied, one after the other
END    until all have ended: resumed, resolved, cleared or aborted; for threads,
       until the system has ended them

Cost of one is the slope of a line (Theil-Sen) through the rungs of at least 1 %
of the highest one. R² says how much of the memory the line explains. The
forecast divides what each limit leaves by that cost: memory, the heap of one
thread, open files, threads-max, pid_max, vm.max_map_count, ulimit -u and -v,
and the limits of the control group, as far as they can be read.

A process that is killed or crashes is a row of the table, not an error.
`;

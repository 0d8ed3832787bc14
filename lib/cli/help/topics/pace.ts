/** When items start: rates, keys, a target for their times, the load of the machine. */
export const text = `RATES

--rate keeps to what a service allows. Starts are spaced evenly, from the first
one on. A retry is a start, too: after its pause it waits for the rate. No span
of that length has more starts than the rate says, wherever it begins. --delay
is the least time between two starts.

  tandem run job.js --rate 60/min < items.ndjson
  tandem run job.js --rate 100/s --burst 20 < items.ndjson
  tandem run job.js --rate 5/s --rate 1000/h --burst 50 < items.ndjson
  tandem run job.js --delay 250ms < items.ndjson

--burst lets N items start at once, also when nothing has started for long. Of
several rates it is the slowest one's, and the others space it. Requests travel
for different times: stay a little below what a service just allows.

KEYS

--key FIELD puts items together that share a limit: at most --per-key of them at
once, at most --per-key-rate of them started in a time. Keys take turns. FIELD
is a path like user.id, items[0].id or ["a b"].c, or a column, like customer or
["a b"]; . is the item itself. With host: before it, the key is the host and
port of the URL there.

  tandem run job.js --key user.id --per-key 4 < items.ndjson
  tandem run job.js --key host:url --per-key-rate 5/s < items.ndjson
  tandem run job.js --input lines --key host:. --per-key 2 < items.ndjson

An item that waits for its next attempt keeps its place among those of its key.
Items that have no such field share one key, and stderr says so once. Items that
had started in a process that crashed run again one at a time, at no rate. And a
job that blocks its thread delays starts there, and catches up at once: it needs
--tasks 1.

A key that is slow does not hold up the others at once: up to 4 MiB of input are
read ahead of it. In order, their results wait for it, up to 4 MiB. Then
the run goes on as fast as the slow key.

A TARGET FOR THE TIME OF AN ITEM

--target-p99 200ms runs as wide as it can while 99 % of the items take less than
200 ms from start to end. It counts the items that take longer, in windows of
100 to 1,000. If they are more than 1 %, it goes back to a width that held; if
they are clearly fewer, it tries a wider one, but seldom: trying makes items
late, too. If one item at a time takes longer already, stderr says so. The
summary says the p99 of all items.

  tandem run job.js --target-p99 200ms items.ndjson

A MACHINE THAT OTHERS USE, TOO

--load 80% starts nothing while something waits for a core or for memory in more
than 80 % of the time (Linux's pressure stall information, over 10 s; elsewhere
the load average for each core). --mem-free 1GiB starts nothing while less than
that is free, in a container of what it may have. Starts go on once the load is
a tenth below the limit, or a ninth more memory is free. What runs goes on. If
nothing runs for want of starts, stderr says once why; after 10 s of that, each
thread runs one item at a time for half a second.

  tandem run job.js --load 80% --mem-free 1GiB items.ndjson

Meanwhile a rate saves up no more starts than --burst.

The cores that tandem uses by itself are those that affinity, cpuset and the CPU
quota of a container leave: 1.5 cores are 2 threads.
`;

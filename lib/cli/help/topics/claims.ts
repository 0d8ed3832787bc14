/** Where the claims come from, and how to read their table. */
export const text = `Two texts make claims about tasks and threads: chapter 17 of The Rust
Programming Language ("Futures, Tasks, and Threads") and the article "Async
Tasks VS Threads". tandem claims tests them on your machine, and tandem streams
and tandem channel reproduce the book's programs in Deno.

  tandem                                # all claims, within 45 s
  tandem --quick                        # within 12 s: leaves some out
  tandem --full                         # as long as it needs, and all modes
  tandem claims threads-parallel        # one of them
  tandem explain                        # the list of them
  tandem explain threads-parallel       # what is measured, and how to repeat it
  tandem --json > claims.json           # with every number that was read
  tandem --ndjson | jq -r .verdict      # a line each, as it is settled

Each claim has an experiment of its own. Some compare the four modes over items
that compute, that wait, or both: a round runs each mode once, in shuffled
order, in fresh threads, so that slow drift of the machine cancels out. Others
count (results that differ, updates that are lost), or measure what one task or
one thread costs, in processes of their own.

A row appears as soon as its claim is settled, cheap and telling ones first.

TASKS, THREADS  what either side shows: a median time, memory, or a count;
                – where the claim is not about that side
EFFECT          how many times better one side is than the other
95% CI          the 95 % interval of that effect
VERDICT         holds, fails, unclear or skipped: see tandem help verdicts

The advice at the end follows from the claims that hold, and names the numbers
it rests on. For your own job, ask tandem compare.

Threads are started, and tasks parked, until they take --max-memory: a quarter
of what is free, by default.

CPU time that the hypervisor gives to other machines is invisible from inside a
VM. The A/A control notices it only if it lasts. If a result surprises you, run
it again when nothing else runs, or with --full.
`;

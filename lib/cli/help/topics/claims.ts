/** Where the claims come from, and how to read their table. */
export const text = `Two texts make claims about tasks and threads: chapter 17 of The Rust
Programming Language ("Futures, Tasks, and Threads") and the article "Async
Tasks VS Threads". tandem claims tests four of them on your machine, and
tandem streams and tandem channel reproduce the book's programs in Deno.

  tandem                                # all claims, half a minute
  tandem claims threads-parallel        # one of them
  tandem claims --rounds 30             # narrower intervals
  tandem explain                        # each claim, its source and its limit
  tandem claims --json > claims.json

Three kinds of work run in all four modes: items that compute, items that wait,
and items that wait and then compute. A round runs each kind of work once in
every mode, in shuffled order, in fresh threads. The runs of one round are
compared with each other, so that slow drift of the machine cancels out.

BASELINE, MODE  the medians of the two modes that the claim compares
EFFECT          how many times faster the mode is than the baseline: the
                Hodges-Lehmann estimate from the ratios of the rounds
95% CI          the 95 % interval of that effect
VERDICT         holds, fails, unclear or skipped: see tandem help verdicts

The second table has every mode of each kind of work, against serial.

Use here recommends, for each kind of work, the mode with the fewest threads
and tasks that is not measurably (more than 2 %) slower than the fastest. If
the measurement is in doubt, it recommends nothing.

CPU time that the hypervisor gives to other machines is invisible from inside a
VM. The A/A control notices it only if it lasts. If a result surprises you, run
it again when nothing else runs, or with --rounds 30.
`;

/** How claims and compare decide. */
export const text = `Each round runs the work in every mode, in shuffled order, in fresh threads. An
effect is a speedup: the Hodges-Lehmann estimate from the ratios of the rounds,
each a pair of runs of the same round, with its 95 % interval.

CLAIMS

holds, fails  What was measured lies on that side of the claim's limit: all of
              a 95 % interval, or a count; tandem explain CLAIM shows the limit.
              Where the runs of rounds are paired, Holm's method takes into
              account how many such claims are tested: in 19 of 20 runs not even
              one of their verdicts is wrong by chance. 4 such claims need 8
              rounds or more.
unclear       There are too few rounds; or the interval lies on both sides of
              the limit; or the A/A control failed (the same work, measured
              twice a round, differed from itself by more than 2 %); or other
              programs kept the cores busy that the claim needs.
skipped       This machine has too few cores or too little memory for it; or
              --quick leaves it out; or the time was up; or the system did not
              allow it; or a program cannot measure it. The row's reason, below
              the table, says which.

More rounds narrow the intervals:

  tandem --full --rounds 30

COMPARE

Each mode is compared with serial.

faster, slower  The whole interval is more than 2 % away from 1.
same            The whole interval is within 2 %.
unclear         Anything else, with its reason: no difference was shown; too
                few rounds (6 are needed); the A/A control shows a difference;
                or other programs took cores that threads need in more than a
                fifth of the rounds.
`;

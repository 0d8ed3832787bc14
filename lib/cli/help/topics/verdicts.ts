/** The text of `tandem help verdicts`. */
export const text =
  `Each round runs every kind of work in every mode, in shuffled order, in fresh threads. An effect is a speedup: the
Hodges-Lehmann estimate from the ratios of the rounds, each a pair of runs of one round, with its 95 % interval.

  holds, fails  the rounds are on that side of the claim's limit; Holm's method has counted how many claims are tested,
                so that even one wrong verdict comes in 1 of 20 runs at most
  unclear       too few rounds, or
                the A/A control failed: the same work, measured twice a round, differed from itself by more than 2 %, or
                other programs kept the cores busy that the claim needs, or
                the interval lies on both sides of the limit
  skipped       the machine has not the cores that the claim needs

tandem claims --rounds 30 narrows the intervals. tandem explain shows each claim's limit.

tandem compare says of each mode, against serial:

  faster, slower  the whole interval lies beyond 2 %
  same            the whole interval lies within 2 %
  unclear         anything else, with its reason: no difference shown, too few rounds (6 are needed), the A/A control
                  shows a difference, or other programs took cores that threads need in more than a fifth of the rounds
`;

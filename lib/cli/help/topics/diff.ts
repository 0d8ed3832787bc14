/** What diff compares, and how it decides. */
export const text = `Two documents of one command (compare, claims or scale) that --export-json
saved. Of compare, each mode and each cell of --grid is a row: the time of an
item. Of claims, each claim: its verdict if that has changed, else its
effect. Of scale, what one task or thread takes, and how long it takes to
start.

The runs of the two are independent samples, so CHANGE is the Hodges-Lehmann
estimate of after / before with the 95 % interval of the rank-sum test (rungs
of scale are paired by their number). With the margin of 2 %, or what --margin
says:

regressed     The whole interval is more than the margin worse.
improved      The whole interval is more than the margin better.
within noise  The whole interval is within the margin.
unclear       Anything else: the interval crosses the margin, there are too few
              rounds (4 on each side), or in one of the two the A/A control
              failed or other programs kept the cores busy. The reason is below
              the table.
new, gone     Only one of the documents has it.

Two sessions of one machine can differ by more than noise: its clock, its
neighbours and its memory are others. If both versions of a job are at hand,
tandem compare --against GIT_REF JOB tells more: they take turns in the same
rounds. diff is for a result that was saved, and for --grid, claims and scale.

A gate for CI: exit 1 only if something is shown to have regressed, 4 if
something is unclear and --fail-on regressed,unclear is given. In GitHub
Actions, against the base branch:

  git fetch --depth 1 origin "$GITHUB_BASE_REF"
  git worktree add ../base FETCH_HEAD
  tandem compare ../base/orders.js --export-json base.json
  tandem compare orders.js --export-json head.json
  tandem diff base.json head.json --margin 5% --fail-on regressed

A line beginning with ! says if job, items, flags, machine or versions differ.
In GitHub Actions the result is added to the summary of the step, as Markdown.
`;

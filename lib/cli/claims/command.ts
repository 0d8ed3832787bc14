import { processKinds } from "../job/slot_options.ts";
import type { Row } from "../table/command.ts";
import { common, json } from "../table/common_options.ts";
import { choice, count, duration, optional, repeated, type Values } from "../table/option.ts";

/** The flags of `tandem claims`. */
export const claimsOptions = {
  rounds: count(12, "runs of each mode, in shuffled order", 1, 1000),
  seed: count(42, "seed of the shuffling", 0, 2 ** 32 - 1),
  // 2 at least: of one thread, "threads run in parallel" would fail
  threads: optional(count(2, "threads in modes threads and both", 2, 1024), "the usable cores"),
  tasks: count(32, "total tasks in modes tasks and both", 2, 100_000),
  maxTime: {
    ...duration("45s", "time limit for all claims", 1000),
    more: "Rounds are reduced to keep it, and an unfinished round is discarded.",
  },
  isolate: choice(["worker", "process"], "worker", "where the threads are: here, or in processes"),
  failOn: {
    ...repeated(choice(["fails", "unclear"], "fails", "exit 1 if one fails, 4 if one is unclear")),
    more: "For a gate in CI: --fail-on fails,unclear. Without it the exit code is 0 whatever the verdicts.",
    shownOnly: true,
  },
  json,
  ...common,
};

/** Their values. */
export type ClaimsValues = Values<typeof claimsOptions>;

/** `tandem claims`, and `tandem` alone. */
export const row: Row<typeof claimsOptions> = {
  name: "claims",
  summary: "Test claims about tasks and threads on this machine (the default)",
  operands: { usage: "[CLAIM...]", min: 0, max: 100 },
  examples: [
    { line: "tandem", what: "all claims" },
    { line: "tandem claims threads-parallel", what: "one of them" },
    { line: "tandem claims threads-parallel --fail-on fails", what: "exit 1 if it does not hold here" },
    { line: "tandem claims --rounds 30 --json", what: "more rounds, for a program to read" },
  ],
  options: claimsOptions,
  needs: ({ isolate }) => ["read", "sys", ...(isolate === "process" ? ["env", ...processKinds] as const : [])],
};

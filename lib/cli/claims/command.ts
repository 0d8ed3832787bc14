import { processKinds } from "../job/slot_options.ts";
import { command } from "../table/command.ts";
import { common, json } from "../table/common_options.ts";
import { choice, count, duration } from "../table/option.ts";

/** `tandem claims`, and `tandem` alone. */
export const claimsCommand = command({
  name: "claims",
  summary: "Test claims about tasks and threads on this machine (the default)",
  operands: { usage: "[CLAIM...]", min: 0, max: 100 },
  examples: [
    { line: "tandem", what: "all claims" },
    { line: "tandem claims threads-parallel", what: "one of them" },
    { line: "tandem claims --rounds 30 --json", what: "more rounds, for a program to read" },
  ],
  options: {
    rounds: count(12, "runs of each mode, in shuffled order", 1, 1000),
    seed: count(42, "seed of the shuffling", 0, 2 ** 32 - 1),
    threads: { ...count(0, "threads in modes threads and both", 1, 1024), shown: "the usable cores" },
    tasks: count(32, "total tasks in modes tasks and both", 1, 100_000),
    maxTime: {
      ...duration("45s", "time limit for all claims", 1000),
      more: "Rounds are reduced to keep it, and an unfinished round is discarded.",
    },
    isolate: choice(
      ["worker", "process"],
      "worker",
      "where the threads are: here, or in processes",
    ),
    json,
    ...common,
  },
  needs: ({ isolate }) => ["read", "sys", ...(isolate === "process" ? ["env", ...processKinds] as const : [])],
  run: async (values, operands, session) => await (await import("./claims.ts")).run(values, operands, session),
});

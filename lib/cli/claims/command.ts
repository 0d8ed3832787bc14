import { command } from "../table/command.ts";
import { common, json } from "../table/common_options.ts";
import { count } from "../table/option.ts";

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
    threads: { ...count(0, "threads in the modes threads and both", 1, 1024), shown: "the usable cores" },
    tasks: count(32, "all tasks in the modes tasks and both", 1, 100_000),
    json,
    ...common,
  },
  needs: () => ["read", "sys"],
  run: async (values, operands, session) => await (await import("./claims.ts")).run(values, operands, session),
});

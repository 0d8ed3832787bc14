import type { Effort } from "../../model/effort.ts";
import { processKinds } from "../job/slot_options.ts";
import type { Row } from "../table/command.ts";
import { common, exportKinds, exportOptions, failOn, json } from "../table/common_options.ts";
import { choice, count, duration, group, often, optional, size, toggle, type Values } from "../table/option.ts";

/** The flags of `tandem claims`. */
export const claimsOptions = {
  ...group("Time and rounds", {
    quick: often(toggle("within 12 s: leaves out what takes longer")),
    full: often(toggle("as long as it needs, with a table of all modes")),
    maxTime: {
      ...often(
        optional(duration("45s", "time limit for all claims", 1000), "45s; 12s with --quick, none with --full"),
      ),
      more: "Rounds are reduced to keep it; a claim for which no time is left is skipped.",
    },
    rounds: {
      ...often(count(12, "runs of each mode, in shuffled order", 1, 1000)),
      more: "Cheap pairs of a task and a thread have 12 at least.",
    },
    seed: count(42, "seed of the shuffling", 0, 2 ** 32 - 1),
  }),
  ...group("What is measured", {
    // 2 at least: of one thread, "threads run in parallel" would fail
    threads: optional(count(2, "threads in modes threads and both", 2, 1024), "the usable cores"),
    tasks: count(32, "total tasks in modes tasks and both", 2, 100_000),
    maxMemory: often(
      optional(size("1GiB", "memory that tasks and threads may take"), "a quarter of what is free"),
    ),
    isolate: choice(["worker", "process"], "worker", "where the threads are: here, or in processes"),
  }),
  ...group("General", {
    failOn: { ...often(failOn(["fails"])), help: "exit 1 if one fails, 4 if one is unclear" },
    json: often(json),
    ndjson: often(toggle("a line of JSON for each claim as it comes")),
  }, { shownOnly: true }),
  ...exportOptions("claims"),
  ...common,
};

/** Time limits in milliseconds, where --max-time gives none. */
export const maxTimes: Readonly<Record<Effort, number | undefined>> = {
  quick: 12_000,
  default: 45_000,
  full: undefined,
};

/** Their values. */
export type ClaimsValues = Values<typeof claimsOptions>;

/** `tandem claims`, and `tandem` alone. */
export const row: Row<typeof claimsOptions> = {
  name: "claims",
  summary: "Test claims about tasks and threads on this machine (the default)",
  operands: { usage: "[CLAIM...]", min: 0, max: 100 },
  examples: [
    { line: "tandem", what: "all claims, within 45 s" },
    { line: "tandem --quick", what: "within 12 s" },
    { line: "tandem claims threads-parallel", what: "one of them" },
    { line: "tandem claims threads-parallel --fail-on fails", what: "exit 1 if it does not hold here" },
    { line: "tandem claims --rounds 30 --json", what: "more rounds, for a program to read" },
  ],
  options: claimsOptions,
  // run: what would harm our own process is measured in others; net: a server on 127.0.0.1
  needs: (values) => [
    ...["read", "sys", "run", "net"] as const,
    ...values.isolate === "process" ? ["env", ...processKinds] as const : [],
    ...exportKinds(values),
  ],
};

import { scaleKinds } from "../../model/scale.ts";
import type { Row } from "../table/command.ts";
import { common, exportKinds, exportOptions, json } from "../table/common_options.ts";
import { choice, count, duration, group, often, optional, repeated, size, type Values } from "../table/option.ts";

/** The flags of `tandem scale`. */
export const scaleOptions = {
  ...group("Ladder", {
    kinds: {
      often: true,
      ...repeated(choice(scaleKinds, "promise", "what is parked")),
      placeholder: "KIND",
      shown: "all of them",
      more: `${scaleKinds.join(", ")}; several with commas. See: tandem help scale.`,
    },
    upTo: {
      often: true,
      ...count(1_000_000, "highest rung", 1, 100_000_000),
      shown: "1e6",
      more: "Rungs are powers of ten from 100 on.",
    },
    maxMemory: {
      often: true,
      ...optional(size("2GiB", "memory that tasks or threads may take"), "a quarter of what is free"),
      more: "A kind that would take more stops there.",
    },
    maxTime: {
      often: true,
      ...duration("60s", "time limit for all rungs", 1000),
      more: "Threads may use a third of it to start.",
    },
  }),
  ...group("General", { json: often(json) }),
  ...exportOptions("scale"),
  ...common,
};

/** Their values. */
export type ScaleValues = Values<typeof scaleOptions>;

/** `tandem scale`. */
export const row: Row<typeof scaleOptions> = {
  name: "scale",
  summary: "How many tasks and threads can wait at once, and what they cost",
  examples: [
    { line: "tandem scale", what: "all kinds, up to a million tasks; within a minute" },
    { line: "tandem scale --kinds promise,thread --up-to 1e5", what: "two of them" },
    { line: "tandem scale --kinds thread --max-memory 1GiB", what: "threads until they take 1 GiB" },
  ],
  options: scaleOptions,
  needs: (values) => ["read", "sys", "run", ...exportKinds(values)], // each rung is measured in another process
};

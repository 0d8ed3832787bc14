import type { Topic } from "./topic.ts";

/** The topics of `tandem help TOPIC`, in the order of the help. Some go on where the help of a command of that name ends. */
export const topics: Readonly<Record<string, Topic>> = {
  run: {
    summary: "how run reads, runs and writes, and what it promises",
    load: async () => (await import("../help/topics/run.ts")).text,
  },
  gather: {
    summary: "how machines share an input, and how their outputs become one",
    load: async () => (await import("../help/topics/gather.ts")).text,
  },
  engine: {
    summary: "shards on Slurm, Kubernetes or by GNU parallel",
    load: async () => (await import("../help/topics/engine.ts")).text,
  },
  compare: {
    summary: "what compare measures, and how to read it",
    load: async () => (await import("../help/topics/compare.ts")).text,
  },
  claims: {
    summary: "where the claims come from, and how to read them",
    load: async () => (await import("../help/topics/claims.ts")).text,
  },
  streams: {
    summary: "the book's merged streams",
    load: async () => (await import("../help/topics/streams.ts")).text,
  },
  channel: {
    summary: "the book's thread that feeds a channel",
    load: async () => (await import("../help/topics/channel.ts")).text,
  },
  scale: {
    summary: "what scale parks, and how to read its table",
    load: async () => (await import("../help/topics/scale.ts")).text,
  },
  diff: {
    summary: "what diff compares, and how it decides",
    load: async () => (await import("../help/topics/diff.ts")).text,
  },
  pace: {
    summary: "rates, limits of keys, a target for times, and a machine that others use",
    load: async () => (await import("../help/topics/pace.ts")).text,
  },
  exec: {
    summary: "commands instead of a job",
    load: async () => (await import("../help/topics/exec.ts")).text,
  },
  job: {
    summary: "what a job is, and what it may do",
    load: async () => (await import("../help/topics/job.ts")).text,
  },
  limits: {
    summary: "time and memory limits, processes, and what happens when a job fails",
    load: async () => (await import("../help/topics/limits.ts")).text,
  },
  runtimes: {
    summary: "jobs in Node and Bun, and what differs there",
    load: async () => (await import("../help/topics/runtimes.ts")).text,
  },
  journal: {
    summary: "how to resume a run that was interrupted",
    load: async () => (await import("../help/topics/journal.ts")).text,
  },
  verdicts: {
    summary: "how claims and compare decide, and what unclear means",
    load: async () => (await import("../help/topics/verdicts.ts")).text,
  },
  performance: {
    summary: "what a run costs, measured",
    load: async () => (await import("../help/topics/performance.ts")).text,
  },
  library: {
    summary: "the engine in your own program",
    load: async () => (await import("../help/topics/library.ts")).text,
  },
  config: {
    summary: "values of flags from variables and files",
    load: async () => (await import("../help/topics/config.ts")).text,
  },
  completions: {
    summary: "completions of a shell, and the man page",
    load: async () => (await import("../help/topics/completions.ts")).text,
  },
  "exit-codes": {
    summary: "what the exit code says",
    load: async () => (await import("../help/topics/exit_codes.ts")).text,
  },
  permissions: {
    summary: "what a job may do, and what tandem itself may",
    load: async () => (await import("../help/topics/permissions.ts")).text,
  },
  units: {
    summary: "how durations, sizes, counts and rates are written",
    load: async () => (await import("../help/topics/units.ts")).text,
  },
  json: {
    summary: "the documents that --json prints",
    load: async () => (await import("../help/topics/json.ts")).text,
  },
  "json-schema": {
    summary: "the JSON Schema of these documents, as JSON",
    exact: true,
    load: async (commands) => {
      const [{ text }, { fieldsByCommand }] = await Promise.all([
        import("../help/topics/json_schema.ts"),
        import("./fields.ts"),
      ]);
      return text(fieldsByCommand(commands));
    },
  },
  trace: {
    summary: "a trace of a run for Perfetto: what it shows, and how to read it",
    load: async () => (await import("../help/topics/trace.ts")).text,
  },
  exports: {
    summary: "the formats of --export-json and its like",
    load: async () => (await import("../help/topics/exports.ts")).text,
  },
  man: {
    summary: "the man page, as roff: tandem help man | man -l -",
    exact: true,
    load: async (commands) => {
      const [{ manPage }, exitCodes] = await Promise.all([
        import("./man_page.ts"),
        topics["exit-codes"].load(commands),
      ]);
      return manPage(commands, topics, exitCodes);
    },
  },
};

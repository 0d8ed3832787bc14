/** One topic of the help. Its text is loaded when it is asked for. */
export interface Topic {
  readonly summary: string;
  /** It is for programs: no character of it may change. */
  readonly exact?: boolean;
  load(): Promise<string>;
}

/** The topics of `tandem help TOPIC`, in the order of the help. */
export const topics: Readonly<Record<string, Topic>> = {
  job: {
    summary: "what a job is, and what it may do",
    load: async () => (await import("../help/topics/job.ts")).text,
  },
  verdicts: {
    summary: "how tandem claims and compare decide, and what unclear means",
    load: async () => (await import("../help/topics/verdicts.ts")).text,
  },
  journal: {
    summary: "how a run that was killed goes on",
    load: async () => (await import("../help/topics/journal.ts")).text,
  },
  "exit-codes": {
    summary: "what the exit code says",
    load: async () => (await import("../help/topics/exit_codes.ts")).text,
  },
  json: {
    summary: "the documents that --json prints",
    load: async () => (await import("../help/topics/json.ts")).text,
  },
  "json-schema": {
    summary: "the JSON Schema of these documents, itself as JSON",
    exact: true,
    load: async () => (await import("../help/topics/json_schema.ts")).text,
  },
};

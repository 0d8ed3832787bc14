import type { Mode } from "../model/grid.ts";
import type { JobNeeds } from "../model/result.ts";

/** The exports of a built-in job's module: the same as of a user's. */
export interface BuiltinModule {
  default(item: never, context: { readonly state: unknown }): unknown;
  readonly items: readonly unknown[];
  setup?(): unknown;
  teardown?(state: unknown): unknown;
}

/** A built-in job: what is known before it is loaded. */
export interface BuiltinJob {
  /** What it does, for the reader. */
  readonly about: string;
  /** The mode that suits this kind of work according to the texts. A measurement may confirm it or not. */
  readonly expects: Mode;
  /** The permissions it needs; none by default. */
  needs?(): JobNeeds;
  load(): Promise<BuiltinModule>;
}

const programFile = () => ({ read: [Deno.execPath()] }); // a large file that every machine has

/** The built-in jobs by name. A job's module is loaded in the thread that runs it, so that no thread loads all of them. */
export const builtinJobs: Readonly<Record<string, BuiltinJob>> = {
  primes: {
    about: "computes: counts primes",
    expects: "threads",
    load: () => import("./builtin/primes.ts"),
  },
  sha256: {
    about: "computes: SHA-256 of 4 MiB",
    expects: "threads",
    load: () => import("./builtin/sha256.ts"),
  },
  json: {
    about: "computes and makes garbage: parses JSON",
    expects: "threads",
    load: () => import("./builtin/json.ts"),
  },
  sleep: {
    about: "waits: a timer of 5 ms",
    expects: "tasks",
    load: () => import("./builtin/sleep.ts"),
  },
  http: {
    about: "waits: HTTP from a server on 127.0.0.1 that takes 80 ms",
    expects: "tasks",
    needs: () => ({ net: ["127.0.0.1"] }),
    load: () => import("./builtin/http.ts"),
  },
  noop: {
    about: "does nothing: what tandem itself costs",
    expects: "serial",
    load: () => import("./builtin/noop.ts"),
  },
  read: {
    about: "waits for files: reads 256 KiB",
    expects: "tasks",
    needs: programFile,
    load: () => import("./builtin/read.ts"),
  },
  mixed: {
    about: "waits 5 ms, then computes",
    expects: "both",
    load: () => import("./builtin/mixed.ts"),
  },
  block: {
    about: "waits 5 ms and holds its thread",
    expects: "threads",
    load: () => import("./builtin/block.ts"),
  },
  "read-sync": {
    about: "reads 256 KiB and holds its thread",
    expects: "threads",
    needs: programFile,
    load: () => import("./builtin/read_sync.ts"),
  },
  payload: {
    about: "little work on 256 KiB of text",
    expects: "serial",
    load: () => import("./builtin/payload.ts"),
  },
  skewed: {
    about: "computes, a few items far longer than most",
    expects: "threads",
    load: () => import("./builtin/skewed.ts"),
  },
};

/** The built-in job with this name; undefined if there is none. */
export function findBuiltin(name: string): BuiltinJob | undefined {
  return Object.hasOwn(builtinJobs, name) ? builtinJobs[name] : undefined;
}

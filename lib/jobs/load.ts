import { builtinJobs } from "./builtin.ts";
import type { Job } from "./job.ts";
import type { JobReference } from "../model.ts";

/** A job, or why there is none, as the end of the sentence "job.ts: ...". */
export type Loaded = { readonly kind: "loaded"; readonly job: Job } | {
  readonly kind: "refused";
  readonly found: string;
};

const expected = "a job's default export is a function: export default function (item) { ... }";

/** Loads a job in the thread that will run it. The import is computed, so that the thread's permissions hold for it. */
export async function loadJob(reference: JobReference): Promise<Loaded> {
  if (reference.kind === "builtin") return { kind: "loaded", job: builtinJobs[reference.name] };
  let module: Record<string, unknown>;
  try {
    module = await import(reference.url);
  } catch (error) {
    return { kind: "refused", found: `cannot be loaded: ${explain(error, reference.url)}` };
  }
  return checkModule(module);
}

/** Whether a module's exports make a job. */
export function checkModule(module: Readonly<Record<string, unknown>>): Loaded {
  const { default: run, setup, teardown } = module;
  if (run === undefined) return { kind: "refused", found: `has no default export; ${expected}` };
  if (typeof run !== "function") {
    return { kind: "refused", found: `its default export is ${describe(run)}; ${expected}` };
  }
  if (/^(Async)?GeneratorFunction$/.test(run.constructor.name)) {
    return {
      kind: "refused",
      found: "its default export is a generator, which this version does not run; return an array",
    };
  }
  if (/^class\b/.test(Function.prototype.toString.call(run))) {
    return { kind: "refused", found: `its default export is a class; ${expected}` };
  }
  for (const [name, value] of Object.entries({ setup, teardown })) {
    if (value !== undefined && typeof value !== "function") {
      return { kind: "refused", found: `its export "${name}" is ${describe(value)}, expected a function` };
    }
  }
  return {
    kind: "loaded",
    job: { run: run as Job["run"], setup: setup as Job["setup"], teardown: teardown as Job["teardown"] },
  };
}

function describe(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "an array";
  return `${/^[aeiou]/.test(typeof value) ? "an" : "a"} ${typeof value}`;
}

/** The error's message and, where its stack names the module, the line. */
function explain(error: unknown, url: string): string {
  if (!(error instanceof Error)) return `it threw ${String(error)}`;
  const at = error.stack?.split("\n").find((line) => line.includes(url));
  const line = at === undefined ? undefined : /:(\d+):\d+\)?$/.exec(at.trim())?.[1];
  const message = error.message.replace(/\s*\n\s*/g, " "); // some syntax errors draw the line that they are about
  return `${error.name}: ${message}${line && !error.message.includes(url) ? ` (line ${line})` : ""}`;
}

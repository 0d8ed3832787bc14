import type { Job } from "./job.ts";
import { explainLoadError } from "./load_error.ts";
import type { JobReference } from "../model/item.ts";

/**
 * A job, or why it cannot be loaded, as the end of the sentence "job.ts: ...". Deno's message about a denied permission is
 * included verbatim; the cli, which knows the program's flags, translates it.
 */
export type Loaded = { readonly kind: "loaded"; readonly job: Job } | {
  readonly kind: "refused";
  readonly found: string;
  readonly code?: "foreign-import";
};

const expected = "a job's default export is a function or a generator function: export default function (item) { ... }";

/** Loads a job in the thread that will run it. The import is computed, so that the thread's permissions apply to it. */
export async function loadJob(reference: JobReference): Promise<Loaded> {
  if (reference.kind === "builtin") return await loadBuiltin(reference.name);
  let module: Record<string, unknown>;
  try {
    module = await import(reference.url);
  } catch (error) {
    const { found, code } = explainLoadError(error, reference.url, import.meta.url);
    return { kind: "refused", found: `cannot be loaded: ${found}`, code };
  }
  if (Object.prototype.toString.call(module) === "[object Module]") return checkModule(module);
  return { kind: "refused", found: 'its export "then" makes import() take it for a promise; give it another name' };
}

async function loadBuiltin(name: string): Promise<Loaded> {
  const { findBuiltin } = await import("./builtin.ts");
  const module = await findBuiltin(name)?.load();
  return module === undefined ? { kind: "refused", found: "is not a built-in job" } : checkModule({ ...module });
}

/** Checks that a module's exports are a job. */
export function checkModule(module: Readonly<Record<string, unknown>>): Loaded {
  const { default: run, setup, teardown, items } = module;
  if (!("default" in module)) return { kind: "refused", found: `has no default export${others(module)}; ${expected}` };
  if (typeof run !== "function" || isClass(run)) {
    return { kind: "refused", found: `its default export is ${describe(run)}; ${expected}` };
  }
  for (const [name, value] of Object.entries({ setup, teardown })) {
    if (value !== undefined && (typeof value !== "function" || isClass(value))) {
      return { kind: "refused", found: `its export "${name}" is ${describe(value)}, expected a function` };
    }
  }
  return {
    kind: "loaded",
    job: { run: run as Job["run"], setup: setup as Job["setup"], teardown: teardown as Job["teardown"], items },
  };
}

/** What a module without a default export exports instead, and which export was probably meant. */
function others(module: Readonly<Record<string, unknown>>): string {
  const names = Object.keys(module);
  if (names.length === 0) return ", nor any other";
  const meant = names.find((name) =>
    typeof module[name] === "function" && !isClass(module[name]) && name !== "setup" && name !== "teardown"
  );
  const shown = names.length > 5 ? [...names.slice(0, 5), "..."] : names;
  return `, only ${shown.join(", ")}${meant === undefined ? "" : ` (did you mean: export default ${meant}?)`}`;
}

function isClass(value: unknown): boolean {
  return typeof value === "function" && /^class\b/.test(Function.prototype.toString.call(value));
}

function describe(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (Array.isArray(value)) return "an array";
  if (isClass(value)) return "a class";
  return `${/^[aeiou]/.test(typeof value) ? "an" : "a"} ${typeof value}`;
}

import { Deno, exec, functionToString, isArray, keys, objectToString, String, URL } from "../natives.ts";
import type { Job } from "./job.ts";
import { explainLoadError } from "./load_error.ts";
import type { JobReference } from "../model/item.ts";

/**
 * A job, or why it cannot be loaded, as the end of the sentence "job.ts: ...". Deno's message about a denied permission is
 * included verbatim; the slot explains it.
 */
export type Loaded = { readonly kind: "loaded"; readonly job: Job } | {
  readonly kind: "refused";
  readonly found: string;
  readonly code?: "foreign-import" | "no-react";
};

const expected = "a job's default export is a function or a generator function: export default function (item) { ... }";

/** Loads a job in the thread that will run it. The import is computed, so that the thread's permissions apply to it. */
export async function loadJob(reference: JobReference): Promise<Loaded> {
  if (reference.kind === "builtin") return await loadBuiltin(reference.name);
  if (reference.kind === "exec") {
    const { execJob } = await import("./exec/exec_job.ts");
    return { kind: "loaded", job: execJob(reference.template) };
  }
  let module: Record<string, unknown>;
  try {
    module = await import(reference.url);
  } catch (error) {
    const { found, code } = explainLoadError(error, reference.url, import.meta.url);
    return { kind: "refused", found: `cannot be loaded: ${found}`, code };
  }
  if (objectToString(module) === "[object Module]") return checkModule(compiledExports(module) ?? module);
  return { kind: "refused", found: 'its export "then" makes import() take it for a promise; give it another name' };
}

/** What names a module of Node or a local one. */
const names = /["'`](?:node:|\.{0,2}\/|fs\b|process["'`]|tty["'`])/;

/** Whether a job may use file descriptors through Node. Most jobs import nothing: then no more of ours is loaded. */
export async function namesDescriptors(job: JobReference): Promise<boolean> {
  if (job.kind !== "module") return false;
  const source = readSource(job.url);
  if (source === undefined || exec(names, source) === null) return false;
  return (await import("./node_imports.ts")).someModuleNamesDescriptors(job.url);
}

function readSource(url: string): string | undefined {
  try {
    return Deno.readTextFileSync(new URL(url));
  } catch {
    return undefined; // importing it says why
  }
}

async function loadBuiltin(name: string): Promise<Loaded> {
  const { findBuiltin } = await import("./builtin.ts");
  const module = await findBuiltin(name)?.load();
  return module === undefined ? { kind: "refused", found: "is not a built-in job" } : checkModule({ ...module });
}

/**
 * What a CommonJS module that was compiled from ES module syntax exports: its default export is then not `module.exports`, as
 * for other CommonJS modules, but a property of that.
 */
function compiledExports({ default: exports }: Readonly<Record<string, unknown>>): Record<string, unknown> | undefined {
  if (typeof exports !== "object" || exports === null) return undefined;
  return (exports as Record<string, unknown>).__esModule === true ? exports as Record<string, unknown> : undefined;
}

/** Exports that are functions, if they are there. */
const optional = ["setup", "teardown"] as const;

/** Checks that a module's exports are a job. */
export function checkModule(module: Readonly<Record<string, unknown>>): Loaded {
  const { default: run, setup, teardown, items } = module;
  if (!("default" in module)) return { kind: "refused", found: `has no default export${others(module)}; ${expected}` };
  if (typeof run !== "function" || isClass(run)) {
    return { kind: "refused", found: `its default export is ${describe(run)}; ${expected}` };
  }
  for (let i = 0; i < optional.length; i++) {
    const value = module[optional[i]];
    if (value !== undefined && (typeof value !== "function" || isClass(value))) {
      return { kind: "refused", found: `its export "${optional[i]}" is ${describe(value)}, expected a function` };
    }
  }
  return {
    kind: "loaded",
    job: { run: run as Job["run"], setup: setup as Job["setup"], teardown: teardown as Job["teardown"], items },
  };
}

/** Of a module without a default export, this many exports are named. */
const maxShown = 5;

/** What a module without a default export exports instead, and which export was probably meant. */
function others(module: Readonly<Record<string, unknown>>): string {
  const names = keys(module);
  if (names.length === 0) return ", nor any other";
  let shown = "";
  let meant: string | undefined;
  for (let i = 0; i < names.length; i++) {
    const name = names[i];
    if (i <= maxShown) shown += `${i === 0 ? "" : ", "}${i < maxShown ? name : "..."}`;
    if (meant !== undefined || name === "setup" || name === "teardown") continue;
    if (typeof module[name] === "function" && !isClass(module[name])) meant = name;
  }
  return `, only ${shown}${meant === undefined ? "" : ` (did you mean: export default ${meant}?)`}`;
}

function isClass(value: unknown): boolean {
  return typeof value === "function" && exec(/^class\b/, functionToString(value)) !== null;
}

function describe(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (isArray(value)) return "an array";
  if (isClass(value)) return "a class";
  return `${exec(/^[aeiou]/, typeof value) !== null ? "an" : "a"} ${typeof value}`;
}

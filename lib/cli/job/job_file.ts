import { isProtected, JobError, systemReason, UsageError } from "../../errors.ts";
import { absolutePath, fileUrl } from "../../paths.ts";
import { homeGuard, projectFolder } from "../../jobs/project.ts";
import type { JobNeeds } from "../../model/result.ts";
import { builtinJobs, findBuiltin } from "../../jobs/builtin.ts";
import type { JobReference } from "../../model/item.ts";
import type { Runtime, Session } from "../terminal/session.ts";

/** A job as the command line names it: how to load it, and what a built-in job needs. */
export interface JobFile {
  readonly reference: JobReference;
  /** What it may read: its project's folder, or files. */
  readonly reads: readonly string[];
  /** Where its configuration is looked for, from there upwards. */
  readonly folder: string;
  readonly needs?: JobNeeds;
}

/**
 * Finds a job's file, or a built-in job where the path is `@` and its name. Read permission is needed. `isForeign`: the
 * user's own Deno, Node or Bun will load it.
 *
 * @throws {JobError} there is no such file, or this program cannot load it
 * @throws {UsageError} there is no such built-in job
 */
export async function findJob(
  path: string,
  { runtime, home }: Pick<Session, "runtime" | "home">,
  isForeign = false,
): Promise<JobFile> {
  if (path === "") throw new UsageError("the job's path is empty; name a module, like job.ts");
  if (path.startsWith("@")) return await ownJob(path.slice(1));
  if (/^[a-z]+:\/\//i.test(path)) throw new JobError(path, "a URL; name a local module, like job.ts");
  const named = absolutePath(path);
  const info = statJob(path, named);
  if (!info) {
    const near = meantBy(path);
    const remedy = near === undefined ? "name a module, like job.ts" : `did you mean ${near}?`;
    throw new JobError(path, `no such file (looked for ${named}); ${remedy}`);
  }
  if (info.isDirectory) throw new JobError(path, "a folder; name a module in it, like job.ts");
  if (!isForeign && !canLoad(named, runtime)) {
    const { shellLine } = await import("../terminal/command_line.ts");
    const found =
      `this executable is made with Deno ${runtime.deno}, which cannot load TypeScript or JSX (2.8.2 or newer can)`;
    throw new JobError(
      path,
      `${found}; use a JavaScript module, or run it under your own Deno: ${
        shellLine(["tandem", "run", "--deno", ...path.startsWith("-") ? ["--"] : [], path])
      }`,
    );
  }
  const file = Deno.realPathSync(named); // imports and the project are those of the file, as in Node
  const { href: url } = fileUrl(file);
  const project = projectFolder(file, homeGuard(home), (name) => stat(name) !== undefined);
  return {
    reference: { kind: "module", url },
    reads: project === undefined ? await modulesOf(url) : [project],
    folder: project ?? file.replace(/[^\\/]*$/, ""),
  };
}

/** A job's file and the modules that it imports: what Deno lets a program import with no permission to read. */
async function modulesOf(url: string): Promise<string[]> {
  const { localModules } = await import("../../jobs/job_hash.ts");
  return [...localModules(url)].map(({ file }) => file).filter((file) =>
    /\.(?:[mc]?[jt]s|[jt]sx|json|wasm)$/.test(file)
  );
}

/** @throws {JobError} Deno does not let us look */
function statJob(path: string, file: string): Deno.FileInfo | undefined {
  try {
    return Deno.statSync(file);
  } catch (error) {
    if (!isProtected(error)) return undefined;
    throw new JobError(path, `${systemReason(error)}; copy the job to another folder`);
  }
}

/** A path without its ending, or the name of one of our jobs without its `@`. */
function meantBy(path: string): string | undefined {
  const files = ["ts", "js", "mjs"].map((ending) => `${path}.${ending}`);
  return files.find((file) => stat(absolutePath(file))?.isFile) ?? (findBuiltin(path) && `@${path}`);
}

async function ownJob(name: string): Promise<JobFile> {
  const job = findBuiltin(name);
  if (job) return { reference: { kind: "builtin", name }, reads: [], folder: Deno.cwd(), needs: job.needs?.() };
  const { didYouMean } = await import("../table/suggest.ts");
  const hint = `${didYouMean(name, Object.keys(builtinJobs))} See: tandem jobs; a file of that name is ./@${name}`;
  throw new UsageError(`no built-in job "${name}".${hint}`);
}

/** An executable transpiles TypeScript and JSX only if its base is Deno 2.8.2 or newer. */
export function canLoad(file: string, { standalone, deno }: Runtime): boolean {
  if (!standalone || !/\.(?:[mc]?tsx?|jsx)$/i.test(file)) return true;
  const [major, minor, patch] = deno.split(/[.+-]/).map(Number);
  return major * 1e6 + minor * 1e3 + patch >= 2_008_002;
}

function stat(path: string): Deno.FileInfo | undefined {
  try {
    return Deno.statSync(path);
  } catch {
    return undefined;
  }
}

import { JobError, systemReason, UsageError } from "../../errors.ts";
import {
  type ForeignRuntime,
  isTooOld,
  loadsTypeScript,
  nodeCommand,
} from "../../exec/host/process/node/node_command.ts";
import type { DisposableCommand } from "../../exec/host/process/slot_command.ts";
import type { Permissions } from "../../exec/wire/permissions.ts";
import type { JobReference } from "../../model/item.ts";
import { absolutePath, filePath } from "../../paths.ts";
import { type RuntimeChoice, runtimeText } from "./slot_options.ts";
import { openSlotModule } from "./slot_module.ts";

/** What `--runtime` says of a Node or Bun. */
export type ForeignChoice = Exclude<RuntimeChoice, "deno">;

/** Its program: a path is made absolute, as a slot may start in another folder. */
function programOf(choice: ForeignChoice): { readonly name: "node" | "bun"; readonly program: string } {
  if (typeof choice === "string") return { name: choice, program: choice };
  const { name, program } = choice;
  return { name, program: /[\\/]/.test(program) ? absolutePath(program) : program };
}

/**
 * The Node or Bun that `--runtime` names, and its version.
 *
 * @throws {UsageError} it is not there, is something else, or is too old
 */
export async function findRuntime(choice: ForeignChoice): Promise<ForeignRuntime> {
  const { name, program } = programOf(choice);
  const runtime = runtimeText(choice);
  const path = `--runtime ${name}=PATH`;
  const where = program === name ? "on the PATH" : "there";
  let said: string;
  try {
    const { stdout } = await new Deno.Command(program, { args: ["--version"], stdin: "null", stderr: "null" }).output();
    said = new TextDecoder().decode(stdout).trim();
  } catch (error) {
    const why = error instanceof Deno.errors.NotFound ? `no ${program} ${where}` : systemReason(error);
    throw new UsageError(`--runtime ${runtime}: ${why}; give the path of a ${name}: ${path}`);
  }
  const [, version] = (name === "node" ? /^v(\d+\.\d+\.\d+)/ : /^(\d+\.\d+\.\d+)/).exec(said) ?? [];
  if (version === undefined) {
    throw new UsageError(
      `--runtime ${runtime}: "${program} --version" is not ${name}'s; give the path of one: ${path}`,
    );
  }
  const found = { name, program, version };
  if (isTooOld(found)) {
    throw new UsageError(`--runtime ${runtime}: Node ${version} is too old; use 20.11 or newer: ${path}`);
  }
  return found;
}

/**
 * The runtime's own file. What is on the PATH may be the shim of a version manager (nodenv, asdf, mise, Volta), which looks for it by
 * variables that a slot does not have unless they are granted.
 */
async function realProgram({ program }: ForeignRuntime): Promise<string> {
  const args = ["-p", "process.execPath"];
  const { stdout } = await new Deno.Command(program, { args, stdin: "null", stderr: "null" }).output();
  const said = new TextDecoder().decode(stdout).trim();
  return absolutePath(said) === said ? said : program;
}

/**
 * How a job's slots start in the runtime that `--runtime` names.
 *
 * @throws {UsageError} the runtime is not there, or cannot grant what is granted
 * @throws {JobError} it cannot load the job
 */
export async function foreignCommand(
  runtime: ForeignChoice,
  job: JobReference,
  permissions: Permissions,
): Promise<DisposableCommand> {
  const found = await findRuntime(runtime);
  checkJob(job, found);
  const { run } = permissions;
  if (Array.isArray(run)) {
    const some = `--allow-run=${run.join(",")}`;
    throw new UsageError(`${some}: ${found.name} allows all programs or none; grant them all: --allow-run`);
  }
  const started = permissions.env === true ? found : { ...found, program: await realProgram(found) };
  const module = await openSlotModule();
  return { ...nodeCommand(started, module.file, permissions), [Symbol.dispose]: () => module[Symbol.dispose]() };
}

function checkJob(job: JobReference, runtime: ForeignRuntime): void {
  const { name, version } = runtime;
  if (job.kind !== "module") return;
  const path = filePath(new URL(job.url));
  const [, ending] = /\.([cm]?tsx?|jsx)$/i.exec(path) ?? [];
  if (ending === undefined || name === "bun") return;
  if (/x$/i.test(ending)) throw new JobError(path, `${name} cannot load JSX; use --runtime deno`);
  if (!loadsTypeScript(runtime)) {
    throw new JobError(
      path,
      `${name} ${version} cannot load TypeScript; use Node 22.6 or newer, a JavaScript module, or Deno: leave out --runtime`,
    );
  }
}

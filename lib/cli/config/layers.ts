import { homeGuard, nearestFolder } from "../../jobs/project.ts";
import type { Command } from "../table/command.ts";
import { flagName } from "../table/option.ts";
import type { Layer, Table } from "./layer.ts";

/** What surrounds the program: a variable that may not be read is undefined, a file that may not be seen is not there. */
export interface Surroundings {
  readonly folder: string;
  env(name: string): string | undefined;
  isFile(path: string): boolean;
  /** Tells the folders that are no project, given the home folder. */
  homeGuard(home: string | undefined): (folder: string) => boolean;
}

/** What surrounds this process. It asks for what is granted alone, so that no prompt comes. */
export function processSurroundings(): Surroundings {
  const env = granted({ name: "env" });
  const read = granted({ name: "read" });
  return {
    folder: read || granted({ name: "read", path: "." }) ? Deno.cwd() : "", // "" has no parents
    env: (name) => env || granted({ name: "env", variable: name }) ? Deno.env.get(name) : undefined,
    isFile: (path) => (read || granted({ name: "read", path })) && isFile(path),
    homeGuard: (home) => read ? homeGuard(home) : (folder) => folder === home,
  };
}

function granted(permission: Deno.PermissionDescriptor): boolean {
  return Deno.permissions.querySync(permission).state === "granted";
}

function isFile(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}

/**
 * What is given to a command other than by its command line, the strongest last: the user's file, the project's file,
 * variables. It costs a look at each variable and at each folder; all else is loaded only if something is found.
 *
 * @throws {UsageError} a value that the flag's row does not allow, or a flag that only the command line may give
 */
export async function readLayers(
  command: Command,
  table: Table,
  surroundings: Surroundings,
): Promise<readonly Layer[]> {
  const { env } = surroundings;
  const variables = Object.entries(command.options).flatMap(([key, { flagOnly }]) => {
    const text = flagOnly === "action" ? undefined : env(variableName(key));
    return text ? [{ key, name: variableName(key), text }] : [];
  });
  const files = configFiles(surroundings);
  if (variables.length === 0 && files.length === 0) return [];
  const { fileLayer, variableLayer } = await import("./read_layer.ts");
  const ofFiles = await Promise.all(files.map((path) => fileLayer(path, command, table)));
  const kept = ofFiles.map((layer, i) => i === 0 ? layer : withoutProtecting(layer, ofFiles[0], command));
  return [...kept, ...variables.map((variable) => variableLayer(variable, command))];
}

/** The project's layer, without what protects the user and the user's own layer says already. */
function withoutProtecting({ from, values }: Layer, user: Layer, { options }: Command): Layer {
  const keeps = (key: string) => !(options[key].protects && Object.hasOwn(user.values, key));
  return { from, values: Object.fromEntries(Object.entries(values).filter(([key]) => keeps(key))) };
}

/** `maxTime` is set by `TANDEM_MAX_TIME`. */
function variableName(key: string): string {
  return `TANDEM_${flagName(key).replaceAll("-", "_").toUpperCase()}`;
}

/** The user's file and the project's, if there are any. The project's is sought as a job's folder is, see project.ts. */
function configFiles({ folder, env, isFile, homeGuard }: Surroundings): string[] {
  const home = env(Deno.build.os === "windows" ? "USERPROFILE" : "HOME");
  const base = env("XDG_CONFIG_HOME") || (home && `${home}/.config`);
  const project = nearestFolder(folder, homeGuard(home), (path) => isFile(`${path}/tandem.jsonc`));
  return [
    ...base ? [`${base}/tandem/config.jsonc`].filter(isFile) : [],
    ...project === undefined ? [] : [`${project}/tandem.jsonc`],
  ];
}

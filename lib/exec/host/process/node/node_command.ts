import type { RuntimeName } from "../../../../model/runtime.ts";
import type { Permissions } from "../../../wire/permissions.ts";
import { permissionKinds } from "../../../wire/protocol.ts";
import type { SlotCommand } from "../slot_command.ts";
import { pipes } from "../slot_pipes.ts";

/** A Node or Bun that is on this machine. */
export interface ForeignRuntime extends RuntimeName {
  readonly name: "node" | "bun";
  /** Its file, or its name on the PATH. */
  readonly program: string;
}

/** The same young generation as that of our own threads, see `v8Flag`. */
const heapFlag = "--max-semi-space-size=8";

/** Warnings about Node's flags that are ours, and about jobs that are modules without saying so. */
const quiet = ["ExperimentalWarning", "SecurityWarning", "MODULE_TYPELESS_PACKAGE_JSON"].map((name) =>
  `--disable-warning=${name}`
);

/** What a job's program and Node itself need of the environment; the first two are no secrets, and Deno lets a job see them too. */
const alwaysSeen = ["TZ", "SystemRoot"];

/**
 * How a slot starts in Node or Bun. `module`: the file that makes the process a slot; its folder holds no secrets. Node denies what
 * is not granted of reading, writing, running programs and addons (`--permission`, https://nodejs.org/api/permissions.html), and
 * gets only the variables that are granted; the slot says what it can deny, see `Hello`.
 */
export function nodeCommand(
  { name, program, version }: ForeignRuntime,
  module: string,
  permissions: Permissions,
  { variable, workingFolder }: Surroundings = { variable: (name) => Deno.env.get(name), workingFolder: Deno.cwd() },
): SlotCommand {
  const flags = name === "bun"
    ? ["--no-install"] // of packages, from the network
    : [heapFlag, ...quiet, ...syntaxFlags(version), ...permissionFlags(version, permissions, module)];
  const cwd = mayRead(permissions, workingFolder) ? workingFolder : module.replace(/[^\\/]*$/, "");
  const env = environment(permissions, variable);
  return {
    program,
    args: [...flags, module],
    cwd,
    env,
    pipes: Deno.build.os === "windows" ? undefined : pipes,
    denies: ["env"],
  };
}

/** What a slot would have of this process. */
interface Surroundings {
  readonly variable: (name: string) => string | undefined;
  readonly workingFolder: string;
}

/**
 * Whether a folder is granted. Node lets threads read all of the folder that the process was started in (22 to 25, seen; it
 * takes that for the thread's module), so a slot starts in no other.
 */
function mayRead({ read }: Permissions, folder: string): boolean {
  if (typeof read !== "object") return read === true;
  return read.some((path) => folder === path || folder.startsWith(/[\\/]$/.test(path) ? path : `${path}/`));
}

/** Whether this version is at least `major.minor`, of that major or, without `sameMajor`, of any later one. */
function isFrom(version: string, major: number, minor: number, sameMajor = false): boolean {
  const [ownMajor, ownMinor] = version.split(".").map(Number);
  return ownMajor === major ? ownMinor >= minor : !sameMajor && ownMajor > major;
}

/** The oldest Node that a slot runs in: it has all flags and functions that a slot needs. */
export function isTooOld({ name, version }: RuntimeName): boolean {
  return name === "node" && !isFrom(version, 20, 11);
}

/** Whether it loads TypeScript: Node since 22.6 by leaving out types, see https://nodejs.org/api/typescript.html. */
export function loadsTypeScript({ name, version }: RuntimeName): boolean {
  return name === "bun" || isFrom(version, 22, 6);
}

/** What newer versions do by themselves: leave out types, and take a file with `export` for a module. */
function syntaxFlags(version: string): string[] {
  const strips = isFrom(version, 23, 6) || isFrom(version, 22, 18, true);
  const detects = isFrom(version, 22, 7) || isFrom(version, 20, 19, true);
  return [
    ...isFrom(version, 22, 6) && !strips ? ["--experimental-strip-types"] : [],
    ...detects ? [] : ["--experimental-detect-module"],
  ];
}

/** Node's flags for what is granted; none if that is everything. */
function permissionFlags(version: string, permissions: Permissions, module: string): string[] {
  const { read, write, net, run } = permissions;
  if (grantsAll(permissions)) return [];
  const isStable = isFrom(version, 23, 5) || isFrom(version, 22, 13, true);
  return [
    isStable ? "--permission" : "--experimental-permission",
    "--allow-worker", // the slot's; a job's own threads have the same permissions
    ...pathFlags("--allow-fs-read", read, [module]),
    ...pathFlags("--allow-fs-write", write, []),
    ...run === true ? ["--allow-child-process"] : [],
    ...net === true && isFrom(version, 25, 0) ? ["--allow-net"] : [],
  ];
}

function grantsAll(permissions: Permissions): boolean {
  return permissionKinds.every((kind) => permissions[kind] === true);
}

function pathFlags(flag: string, granted: boolean | string[] = false, ours: readonly string[]): string[] {
  if (granted === true) return [`${flag}=*`];
  return [...ours, ...granted || []].map((path) => `${flag}=${path}`);
}

/** The variables that a job may see; undefined: all. A program that it may run is looked for in PATH. */
function environment(
  { env, run }: Permissions,
  variable: (name: string) => string | undefined,
): Record<string, string> | undefined {
  if (env === true) return undefined;
  const names = [...alwaysSeen, ...env || [], ...run ? ["PATH"] : []];
  return Object.fromEntries(names.flatMap((name) => {
    const value = variable(name);
    return value === undefined ? [] : [[name, value]];
  }));
}

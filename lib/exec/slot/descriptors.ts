import { apply, assign, Error } from "../../natives.ts";

const reading = ["read", "readSync", "readv", "readvSync", "readFile", "readFileSync"] as const;
const cutting = ["ftruncate", "ftruncateSync", "close", "closeSync"] as const;
const writing = [
  ...["write", "writeSync", "writev", "writevSync"] as const,
  ...["writeFile", "writeFileSync", "appendFile", "appendFileSync"] as const,
] as const;
const streaming = ["createReadStream", "createWriteStream"] as const;

type Callable = (...args: unknown[]) => unknown;

/**
 * Keeps the functions of node:fs away from descriptors 0 and 1: the lines of stdin are the items, and stdout carries results
 * only. What a job writes to 1 goes to stderr. A module that imports one of them by name gets ours, if it is loaded later.
 * `ours` are others that the run uses.
 */
export function guardDescriptors(nodeFs: typeof import("node:fs"), ours: readonly number[] = []): void {
  const fs = nodeFs as unknown as Record<string, Callable>;
  const checked = (file: unknown) => {
    for (let i = 0; i < ours.length; i++) if (file === ours[i]) refuse(`descriptor ${ours[i]}`, "the run uses it");
    return file;
  };
  guard(fs, reading, (file) => file === 0 ? refuse("descriptor 0", "its lines are the items") : checked(file));
  guard(
    fs,
    cutting,
    (file) => file === 0 || file === 1 ? refuse(`descriptor ${file}`, "the run uses it") : checked(file),
  );
  guard(fs, writing, (file) => file === 1 ? 2 : checked(file));
  for (let i = 0; i < streaming.length; i++) guardStream(fs, streaming[i], checked);
}

function guard(fs: Record<string, Callable>, names: readonly string[], checked: (file: unknown) => unknown): void {
  for (let i = 0; i < names.length; i++) {
    const native = fs[names[i]];
    fs[names[i]] = (...args) => {
      args[0] = checked(args[0]);
      return apply(native, fs, args);
    };
  }
}

/** Their second argument may hold the descriptor that they use. */
function guardStream(fs: Record<string, Callable>, name: string, checked: (file: unknown) => unknown): void {
  const native = fs[name];
  fs[name] = (path, options) => {
    const file = (options as { fd?: unknown } | undefined)?.fd;
    if (file === 0) refuse("descriptor 0", "its lines are the items");
    checked(file);
    return apply(native, fs, [path, file === 1 ? assign({}, options, { fd: 2 }) : options]);
  };
}

function refuse(name: string, why: string): never {
  throw new Error(`${name} is not for jobs: ${why}`);
}

import { isProtected, systemReason, UsageError } from "../../errors.ts";
import { absolutePath } from "../../paths.ts";
import type { Source } from "../terminal/session.ts";
import type { ByteReader, Inputs } from "../../exec/input/byte_reader.ts";

/**
 * Some files, or stdin if there are none.
 *
 * @throws {UsageError} one of them is not there, is a folder, or must not be read: all are looked at before any is read
 */
export function openInputs(files: readonly string[], stdin: Source): Inputs {
  const inputs = (files.length === 0 ? ["-"] : files).map((name) => ({ name, path: inputPath(name) }));
  const sizes = inputs.map(({ name, path }) =>
    path === undefined ? () => stdin.length() ?? undefined : constant(sizeOf(name))
  );
  let at = 0;
  return {
    next: async () => at < inputs.length ? await open(inputs[at++], stdin) : undefined,
    totalBytes: () => sizes.map((size) => size()).reduce(add, 0),
  };
}

/** Undefined for stdin: Deno needs all permissions to open /dev/stdin. Absolute, in case the job moves the working folder. */
function inputPath(name: string): string | undefined {
  return name === "-" || name === "/dev/stdin" ? undefined : absolutePath(name);
}

async function open({ name, path }: { name: string; path: string | undefined }, stdin: Source): Promise<ByteReader> {
  if (path === undefined) return { read: (into) => reading("stdin", stdin.read(into)), close() {} };
  const file = await reading(name, Deno.open(path));
  return { read: (into) => reading(name, file.read(into)), close: () => file.close() };
}

/** @throws {UsageError} says which input could not be read, instead of what Deno says */
async function reading<T>(name: string, result: Promise<T>): Promise<T> {
  try {
    return await result;
  } catch (error) {
    throw unreadable(name, error);
  }
}

function add(sum: number | undefined, size: number | undefined): number | undefined {
  return sum === undefined || size === undefined ? undefined : sum + size;
}

function constant<T>(value: T): () => T {
  return () => value;
}

function sizeOf(name: string): number | undefined {
  let info: Deno.FileInfo;
  try {
    info = Deno.statSync(name);
    if (info.isFile) Deno.openSync(name).close(); // not a pipe, whose writer would be told that nobody reads any more
  } catch (error) {
    throw unreadable(name, error);
  }
  if (info.isDirectory) {
    throw new UsageError(`cannot read "${name}": it is a folder; name files of lines, or - for stdin`);
  }
  return info.isFile ? info.size : undefined;
}

function unreadable(name: string, error: unknown): UsageError {
  const remedy = isProtected(error) ? `; give it as stdin: < ${name}` : "";
  return new UsageError(`cannot read "${name}": ${systemReason(error)}${remedy}`);
}

import { UsageError } from "../errors.ts";
import type { ByteReader } from "../exec/line_source.ts";

/** The inputs of a run, one after the other. */
export interface Inputs {
  /** Opens the next one; undefined if there is none. `-` is stdin. */
  next(): Promise<ByteReader | undefined>;
  /** Bytes of all of them together; undefined if one is no regular file. */
  totalBytes(): number | undefined;
}

/**
 * Some files, or stdin if there are none.
 *
 * @throws {UsageError} one of them is not there, is a folder, or must not be read: all are looked at before any is read
 */
export function openInputs(files: readonly string[]): Inputs {
  const names = files.length === 0 ? ["-"] : files;
  const sizes = names.map((name) => name === "-" ? sizeOfStdin : constant(sizeOf(name)));
  let at = 0;
  return {
    next: async () => at < names.length ? await open(names[at++]) : undefined,
    totalBytes: () => sizes.map((size) => size()).reduce(add, 0),
  };
}

async function open(name: string): Promise<ByteReader> {
  if (name === "-") return { read: (into) => Deno.stdin.read(into), close() {} };
  try {
    return await Deno.open(name);
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
  } catch (error) {
    throw unreadable(name, error);
  }
  if (info.isDirectory) {
    throw new UsageError(`cannot read "${name}": it is a folder; name files of lines, or - for stdin`);
  }
  return info.isFile ? info.size : undefined;
}

/** Deno has no way to ask; Node's needs no permission, but its module takes 20 ms to load: only if somebody looks. */
function sizeOfStdin(): number | undefined {
  try {
    const info = globalThis.process.getBuiltinModule("node:fs").fstatSync(0);
    return info.isFile() ? info.size : undefined;
  } catch {
    return undefined;
  }
}

function unreadable(name: string, error: unknown): UsageError {
  return new UsageError(`cannot read "${name}": ${error instanceof Error ? error.message : error}`);
}

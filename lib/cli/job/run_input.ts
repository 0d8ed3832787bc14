import { isProtected, systemReason, UsageError } from "../../errors.ts";
import { absolutePath } from "../../paths.ts";
import type { Source } from "../terminal/session.ts";
import type { ByteReader, Inputs } from "../../exec/input/byte_reader.ts";

/** What the lines of an input hold. */
export interface LineKind {
  readonly input: "json" | "lines";
  readonly separator: "\n" | "\0";
}

/**
 * Some files, or stdin if there are none. Reading rejects with a UsageError if one cannot be read, or seems to hold something
 * else than lines of that kind.
 *
 * @throws {UsageError} one of them is not there, is a folder, or must not be read: all are looked at before any is read
 */
export function openInputs(files: readonly string[], stdin: Source, kind: LineKind): Inputs {
  const inputs = (files.length === 0 ? ["-"] : files).map((name) => ({ name, path: inputPath(name) }));
  const firstStdin = inputs.findIndex(({ path }) => path === undefined); // reads all of it
  const sizes = inputs.map(({ name, path }, i) =>
    path !== undefined ? sizeOf(name) : i === firstStdin ? stdin.length ?? undefined : 0
  );
  let at = 0;
  return {
    next: async () => at < inputs.length ? checked(await open(inputs[at], stdin), inputs[at++].name, kind) : undefined,
    totalBytes: () => sizes.reduce(add, 0),
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

/** Looks at what is read first. */
function checked({ read, close }: ByteReader, name: string, kind: LineKind): ByteReader {
  let isStart = true;
  return {
    close,
    async read(into) {
      const count = await read(into);
      const found = isStart && count !== null ? foreignKind(into.subarray(0, count), kind) : undefined;
      isStart = false;
      if (found !== undefined) throw new UsageError(`cannot read ${name === "-" ? "stdin" : `"${name}"`}: ${found}`);
      return count;
    },
  };
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

/** Beginnings that no UTF-8 text has. */
const beginnings: readonly { readonly bytes: readonly number[]; readonly what: string; readonly remedy: string }[] = [
  { bytes: [0x1f, 0x8b], what: "gzip data", remedy: "gzip -dc" },
  { bytes: [0x28, 0xb5, 0x2f, 0xfd], what: "Zstandard data", remedy: "zstd -dc" },
  { bytes: [0xfd, 0x37, 0x7a, 0x58], what: "xz data", remedy: "xz -dc" },
  { bytes: [0xff, 0xfe], what: "UTF-16 text", remedy: "iconv -f UTF-16 -t UTF-8" },
  { bytes: [0xfe, 0xff], what: "UTF-16 text", remedy: "iconv -f UTF-16 -t UTF-8" },
];

/**
 * What an input seems to be that holds no lines as they are meant, and what to do, as the end of a sentence that begins with its
 * name; undefined if nothing tells against it. Every line of it, or nearly, would be an error. `start`: its first bytes.
 */
export function foreignKind(start: Uint8Array, { input, separator }: LineKind): string | undefined {
  const known = beginnings.find(({ bytes }) => bytes.every((byte, i) => start[i] === byte));
  if (known !== undefined) return seems(known.what, known.remedy);
  if (input === "lines" || separator === "\0") return undefined;
  if (start.length > 1 && (start[0] === 0) !== (start[1] === 0)) {
    return seems("UTF-16 text", `iconv -f UTF-16${start[0] === 0 ? "BE" : "LE"} -t UTF-8`);
  }
  if (!isOpenEnded(start)) return undefined;
  return "it seems to be one JSON value over several lines, where each line is to be a value; put it into one line: " +
    "jq -c . (or each item of an array: jq -c '.[]')";
}

function seems(what: string, remedy: string): string {
  return `it seems to be ${what}, where lines of UTF-8 are expected; convert it first: ${remedy}`;
}

/** Whether the first line that is not blank begins a JSON value that cannot end in it, and more lines follow. */
function isOpenEnded(start: Uint8Array): boolean {
  const text = new TextDecoder().decode(start).trim();
  const line = text.slice(0, Math.max(text.indexOf("\n"), 0)).trimEnd();
  return line !== "" && "[{".includes(line[0]) && "[{,:".includes(line.slice(-1));
}

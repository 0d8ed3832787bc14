import { isProtected, messageOf, systemReason, UsageError } from "../../errors.ts";
import { absolutePath } from "../../paths.ts";
import type { Source } from "../terminal/session.ts";
import type { ByteReader, Inputs } from "../../exec/input/byte_reader.ts";
import type { BrokenData, Compression } from "../../exec/input/decompressing_reader.ts";
import type { ItemCutter, ItemOptions } from "../../exec/input/item_cutter.ts";
import { LineCutter } from "../../exec/input/line_cutter.ts";
import type { ItemCodec } from "../../exec/wire/protocol.ts";

/** How the bytes of an item of each kind of input become the job's argument. */
export const codecs = {
  json: "json",
  lines: "text",
  csv: "csv",
  tsv: "tsv",
  array: "json",
} as const satisfies Record<string, ItemCodec>;

/** What an input holds. */
export interface InputKind {
  readonly input: keyof typeof codecs;
  /** The names of the columns, as a row of CSV, where the inputs have no header. */
  readonly header?: string;
  /** Ends a line of JSON or text. */
  readonly separator: "\n" | "\0";
}

/** What cuts the inputs into items. Of all but lines it is loaded now: most runs need none. */
export async function cutterOf(
  { input, header, separator }: InputKind,
  options: ItemOptions,
  files: readonly string[],
): Promise<ItemCutter> {
  if (input === "json" || input === "lines") return new LineCutter({ separator, ...options });
  const { refuseInput } = await import("./input_faults.ts");
  const refuse = refuseInput(files);
  if (input === "array") {
    return new (await import("../../exec/input/element_cutter.ts")).ElementCutter({ refuse, ...options });
  }
  return new (await import("../../exec/input/row_cutter.ts")).RowCutter({ format: input, header, refuse, ...options });
}

/**
 * Some files, or stdin if there are none; decompressed, if they are compressed. Reading rejects with a UsageError if one cannot be
 * read, or seems to hold something else than that kind of input.
 *
 * @throws {UsageError} one of them is not there, is a folder, or must not be read: all are looked at before any is read
 */
export function openInputs(files: readonly string[], stdin: Source, kind: InputKind): Inputs {
  const inputs = (files.length === 0 ? ["-"] : files).map((name) => ({ name, path: inputPath(name) }));
  const firstStdin = inputs.findIndex(({ path }) => path === undefined); // reads all of it
  const sizes = inputs.map(({ name, path }, i) =>
    path !== undefined ? sizeOf(name) : i === firstStdin ? stdin.length ?? undefined : 0
  );
  let at = 0;
  return {
    next: async () => at < inputs.length ? decoded(await open(inputs[at], stdin), inputs[at++].name, kind) : undefined,
    totalBytes: () => sizes.reduce(add, 0),
  };
}

/** Undefined for stdin: Deno needs all permissions to open /dev/stdin. Absolute, in case the job moves the working folder. */
function inputPath(name: string): string | undefined {
  return name === "-" || name === "/dev/stdin" ? undefined : absolutePath(name);
}

async function open({ name, path }: { name: string; path: string | undefined }, stdin: Source): Promise<ByteReader> {
  if (path === undefined) return counted((into) => reading("stdin", stdin.read(into)), () => {});
  const file = await reading(name, Deno.open(path));
  return counted((into) => reading(name, file.read(into)), () => file.close());
}

function counted(read: ByteReader["read"], close: () => void): ByteReader {
  let taken = 0;
  return {
    close,
    taken: () => taken,
    async read(into) {
      const count = await read(into);
      taken += count ?? 0;
      return count;
    },
  };
}

/** Decompresses the bytes, also what was compressed more than once, and looks at what comes first. */
function decoded(raw: ByteReader, name: string, kind: InputKind): ByteReader {
  const called = name === "-" ? "stdin" : `"${name}"`;
  let reader = raw;
  let isStart = true;

  async function readStart(into: Uint8Array): Promise<number | null> {
    let count = await readFirst(reader, into);
    for (let found = compressionOf(into.subarray(0, count)); found !== undefined;) {
      const { decompressing } = await import("../../exec/input/decompressing_reader.ts");
      reader = named(decompressing(reader, into.slice(0, count), found), called, found);
      count = await readFirst(reader, into);
      found = compressionOf(into.subarray(0, count));
    }
    const foreign = foreignKind(into.subarray(0, count), kind);
    if (foreign !== undefined) throw new UsageError(`cannot read ${called}: ${foreign}`);
    return count === 0 ? null : count;
  }

  return {
    close: () => reader.close(),
    taken: raw.taken,
    read(into) {
      if (!isStart) return reader.read(into);
      isStart = false;
      return readStart(into);
    },
  };
}

/** Reads until it can be told how the input begins; resolves to how many bytes that are. */
async function readFirst(reader: ByteReader, into: Uint8Array): Promise<number> {
  let count = 0;
  while (
    count < into.length && magics.some(({ bytes }) => count < bytes.length && begins(into.subarray(0, count), bytes))
  ) {
    const more = await reader.read(into.subarray(count));
    if (more === null) break;
    count += more;
  }
  return count;
}

/** Whether all bytes of `start` are as in `magic`, as far as there are any. */
function begins(start: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, i) => i >= start.length || start[i] === byte);
}

/** How compressed data begin: RFC 1952, section 2.3.1; RFC 8878, section 3.1.1. */
const magics: readonly { readonly bytes: readonly number[]; readonly compression: Compression }[] = [
  { bytes: [0x1f, 0x8b], compression: "gzip" },
  { bytes: [0x28, 0xb5, 0x2f, 0xfd], compression: "zstd" },
];

function compressionOf(start: Uint8Array): Compression | undefined {
  return magics.find(({ bytes }) => start.length >= bytes.length && begins(start, bytes))?.compression;
}

/** @throws {UsageError} says which input is broken */
function named(reader: ByteReader, called: string, compression: Compression): ByteReader {
  const what = compression === "gzip" ? "gzip data" : "Zstandard data";
  return {
    ...reader,
    read: (into) =>
      reader.read(into).catch((error: UsageError | BrokenData) => {
        if (error instanceof UsageError) throw error;
        const found = error.breaksOff ? "break off before their end" : `are damaged: ${error.message}`;
        throw new UsageError(`cannot read all of ${called}: its ${what} ${found}`);
      }),
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
  return new UsageError(`cannot read "${name}": ${systemReason(error)}${readRemedy(name, error)}`);
}

function readRemedy(name: string, error: unknown): string {
  if (isProtected(error)) return `; give it as stdin: < ${name}`;
  return /\(os error 2[34]\)/.test(messageOf(error)) ? "; raise the limit: ulimit -n" : ""; // ENFILE, EMFILE
}

/** Beginnings that no UTF-8 text has. */
const beginnings: readonly { readonly bytes: readonly number[]; readonly what: string; readonly remedy: string }[] = [
  { bytes: [0xfd, 0x37, 0x7a, 0x58], what: "xz data", remedy: "xz -dc" },
  { bytes: [0xff, 0xfe], what: "UTF-16 text", remedy: "iconv -f UTF-16 -t UTF-8" },
  { bytes: [0xfe, 0xff], what: "UTF-16 text", remedy: "iconv -f UTF-16 -t UTF-8" },
];

/**
 * What an input seems to be that holds nothing of the kind that is meant, and what to do, as the end of a sentence that begins with
 * its name; undefined if nothing tells against it. Every item of it, or nearly, would be an error. `start`: its first bytes.
 */
export function foreignKind(start: Uint8Array, { input, separator }: InputKind): string | undefined {
  const known = beginnings.find(({ bytes }) => bytes.every((byte, i) => start[i] === byte));
  if (known !== undefined) return seems(known.what, known.remedy);
  if (input === "lines" || separator === "\0") return undefined;
  if (start.length > 1 && (start[0] === 0) !== (start[1] === 0)) {
    return seems("UTF-16 text", `iconv -f UTF-16${start[0] === 0 ? "BE" : "LE"} -t UTF-8`);
  }
  const open = input === "json" ? openEnded(start) : undefined;
  if (open === undefined) return undefined;
  const remedy = open === "[" ? "for the elements of an array: --input array" : "put it into one line: jq -c .";
  return `it seems to be one JSON value over several lines, where each line is to be a value; ${remedy}`;
}

function seems(what: string, remedy: string): string {
  return `it seems to be ${what}, where UTF-8 is expected; convert it first: ${remedy}`;
}

/** The bracket of a JSON value that begins in the first line that is not blank, cannot end in it, and goes on in more lines. */
function openEnded(start: Uint8Array): string | undefined {
  const text = new TextDecoder().decode(start).trim();
  const line = text.slice(0, Math.max(text.indexOf("\n"), 0)).trimEnd();
  return line !== "" && "[{".includes(line[0]) && "[{,:".includes(line.slice(-1)) ? line[0] : undefined;
}

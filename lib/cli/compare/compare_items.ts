import { sha256 } from "../../digest.ts";
import { UsageError } from "../../errors.ts";
import type { Host } from "../../exec/host/host.ts";
import { openPool } from "../../exec/pool/pool.ts";
import { valueFormat } from "../../exec/run_job.ts";
import type { JobReference } from "../../model/item.ts";
import { itemRemedies } from "../job/remedies.ts";
import type { Source } from "../terminal/session.ts";
import type { CompareValues } from "./command.ts";
import { openInputs } from "../job/run_input.ts";

/** What the command line says of the items. */
type ItemFlags = Pick<CompareValues, "items" | "count" | "input">;

/** Items as bytes, and what the bytes hold. */
export interface Items {
  readonly bytes: readonly Uint8Array[];
  readonly input: "json" | "text";
}

const encoder = new TextEncoder();

/**
 * The items that the command line gives; undefined if it gives none, and the module must have some.
 *
 * @throws {UsageError} they contradict each other, cannot be read, or are empty
 */
export async function givenItems({ items, count, input }: ItemFlags, stdin: Source): Promise<Items | undefined> {
  if (items !== undefined && count !== undefined) {
    throw new UsageError("--items and --count contradict each other; give one");
  }
  if (items === undefined) {
    return count === undefined
      ? undefined
      : { bytes: encoded(Array.from({ length: count }, (_, i) => String(i))), input: "json" };
  }
  const bytes = itemLines(await readAll(items, stdin));
  if (bytes.length === 0) throw new UsageError(`--items ${items} has no items; give one on each line`);
  return { bytes, input: input === "lines" ? "text" : "json" };
}

/** SHA-256 of items, in hexadecimal: of their number, and of the length and bytes of each. */
export async function hashOf(items: readonly Uint8Array[]): Promise<string> {
  const parts = [encoder.encode(JSON.stringify(items.map(({ length }) => length))), ...items];
  const whole = new Uint8Array(parts.reduce((total, { length }) => total + length, 0)); // a Blob of 1e6 parts takes 9 s
  let end = 0;
  for (const part of parts) {
    whole.set(part, end);
    end += part.length;
  }
  return await sha256(whole);
}

/**
 * The items that the module exports. A slot with the job's permissions reads them, as it is the user's code that runs.
 *
 * @throws {JobError} the module cannot be used as a job
 * @throws {UsageError} it has no items
 */
export async function ownItems(
  job: JobReference,
  name: string,
  host: Host,
  signal: AbortSignal,
): Promise<Items> {
  const format = valueFormat("json", "json", itemRemedies("\n"));
  const pool = await openPool({ job, name, threads: 1, tasks: 1, host, format, signal, wantsItems: true });
  const { items: json = "[]" } = pool;
  await pool.close();
  const values = JSON.parse(json) as readonly unknown[];
  if (values.length > 0) return { bytes: encoded(values.map((value) => JSON.stringify(value))), input: "json" };
  const remedy = "give --items FILE (one JSON value a line; - is stdin), --count N (0 to N-1), or export const items";
  throw new UsageError(`${name} exports no items, so there is nothing to compare; ${remedy} = [...]`);
}

/** The 1-based line of one of the items, which are lines of one file. */
export function lineOf(item: Uint8Array): number {
  const before = new Uint8Array(item.buffer, 0, item.byteOffset);
  return before.reduce((lines, byte) => byte === 10 ? lines + 1 : lines, 1);
}

/** Lines as bytes of one buffer: a million buffers take 4 s. None of the lines is blank. */
function encoded(lines: readonly string[]): Uint8Array[] {
  return itemLines(encoder.encode(lines.join("\n")));
}

async function readAll(path: string, stdin: Source): Promise<Uint8Array> {
  const input = await openInputs([path], stdin).next();
  const parts: Uint8Array<ArrayBuffer>[] = [];
  const buffer = new Uint8Array(64 * 1024);
  for (let size = await input?.read(buffer); size; size = await input?.read(buffer)) parts.push(buffer.slice(0, size));
  input?.close();
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

/** The lines that are not blank, without their ends; a byte order mark at the start is not part of the first line. */
export function itemLines(bytes: Uint8Array): Uint8Array[] {
  const lines: Uint8Array[] = [];
  const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  for (let start = hasMark ? 3 : 0; start < bytes.length;) {
    const newline = bytes.indexOf(10, start);
    const end = newline === -1 ? bytes.length : newline;
    const line = bytes.subarray(start, bytes[end - 1] === 13 && end > start ? end - 1 : end);
    if (line.some((byte) => byte !== 32 && byte !== 9)) lines.push(line);
    start = end + 1;
  }
  return lines;
}

import { sha256 } from "../../digest.ts";
import { UsageError } from "../../errors.ts";
import type { ItemList } from "../../bench/run_items.ts";
import type { Host } from "../../exec/host/host.ts";
import { openPool } from "../../exec/pool/pool.ts";
import { valueFormat } from "../../exec/run_job.ts";
import type { ItemCodec } from "../../exec/wire/protocol.ts";
import type { JobReference } from "../../model/item.ts";
import { itemRemedies } from "../job/remedies.ts";
import type { Source } from "../terminal/session.ts";
import type { CompareValues } from "./command.ts";
import type { ItemLines } from "./read_items.ts";

/** What the command line says of the items. */
type ItemFlags = Pick<CompareValues, "items" | "count" | "input" | "header" | "null" | "maxLine" | "once">;

/** The items, and what their bytes hold. */
export interface Items {
  readonly list: ItemList;
  readonly input: ItemCodec;
  /** How many of them JSON.parse changes, and the first line of one. */
  readonly inexact?: ItemLines["inexact"];
  /** The 1-based line of an item. */
  lineOf(place: number): number;
  /** SHA-256 of all of them, in hexadecimal. */
  hash(): Promise<string>;
}

const encoder = new TextEncoder();
const newline = 10;

/** So many numbers have the hash that they have as --items; the hash of more is that of their count, as all would have to be made. */
const maxHashed = 1_000_000;

/**
 * The items that the command line gives; undefined if it gives none, and the module must have some.
 *
 * @throws {UsageError} they contradict each other, cannot be read, or are empty
 */
export async function givenItems(flags: ItemFlags, stdin: Source): Promise<Items | undefined> {
  const { items, count, input } = flags;
  if (items !== undefined && count !== undefined) {
    throw new UsageError("--items and --count contradict each other; give one");
  }
  if (items === undefined) {
    if (count === undefined) return undefined;
    const { countedItems } = await import("./counted_items.ts");
    const list = countedItems(count);
    const all = () => Array.from({ length: count }, (_, place) => list.at(place) ?? new Uint8Array());
    const hash = () => count > maxHashed ? sha256(encoder.encode(`${count} numbers`)) : hashOf(all());
    return { list, input: "json", lineOf: (place) => place + 1, hash };
  }
  const isLines = input === "json" || input === "lines";
  if (flags.once && !isLines) {
    throw new UsageError(
      `--once needs lines, as it names those that are left; leave it out, or leave out --input ${input}`,
    );
  }
  if (!isLines || flags.header !== undefined) (await import("../job/check_input.ts")).checkInput(flags);
  const [{ readItems }, { codecs }] = await Promise.all([import("./read_items.ts"), import("../job/run_input.ts")]);
  const lines = await readItems(items, flags, stdin);
  if (lines.bytes.length === 0) throw new UsageError(`--items ${items} has no items; give one on each line`);
  return listed(lines, codecs[input]);
}

function listed({ bytes, lines, inexact }: ItemLines, input: Items["input"]): Items {
  return { list: bytes, input, inexact, lineOf: (place) => lines[place], hash: () => hashOf(bytes) };
}

/** SHA-256 of items, in hexadecimal: of their number, and of the length and bytes of each. */
async function hashOf(items: readonly Uint8Array[]): Promise<string> {
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
  if (values.length > 0) return listed(encoded(values.map((value) => JSON.stringify(value))), "json");
  const remedy = "give --items FILE (one JSON value a line; - is stdin), --count N (0 to N-1), or export const items";
  throw new UsageError(`${name} exports no items, so there is nothing to compare; ${remedy} = [...]`);
}

/** JSON texts as items: views of one buffer, as a million buffers take 4 s. */
function encoded(texts: readonly string[]): ItemLines {
  const whole = encoder.encode(texts.join("\n"));
  let start = 0;
  const bytes = texts.map(() => {
    const end = whole.indexOf(newline, start);
    const item = whole.subarray(start, end === -1 ? whole.length : end);
    start = end + 1;
    return item;
  });
  return { bytes, lines: texts.map((_, i) => i + 1) };
}

import type { Range } from "../exec/schedule/range_set.ts";
import type { Identity } from "./settings.ts";

/** The first record: what the run is. A file that begins otherwise is no journal. */
export interface JournalHeader extends Identity {
  readonly tandem: "journal";
  /** Raised when records change their meaning. */
  readonly schema: 1;
  /** The version that began it: for people. */
  readonly version: string;
}

/** A program begins to write results: the run, one that goes on with it, or one that runs failed items again. */
export interface Begun {
  readonly begun: "run" | "resume" | "retry";
  /** Where its output begins in its file, in bytes; null if it goes elsewhere. */
  readonly at: number | null;
}

/** All input read so far, in bytes, and its SHA-256, see input_digest.ts. */
export interface InputPosition {
  readonly bytes: number;
  readonly sha256: string;
}

/** What has ended since the last record, and is written. Items are counted from 0 over the shard's non-blank lines. */
export interface Progress {
  readonly done: readonly Range[];
  /** Those of them that failed. */
  readonly failed: readonly Range[];
  /** Bytes of stdout since this program began, up to the last of the items. */
  readonly bytes: number;
  /** Only where it has changed. */
  readonly input?: InputPosition;
  /** Items that go on, and how many of their records are among the bytes already. Without order only. */
  readonly open?: readonly (readonly [item: number, records: number])[];
  /** All of the input is done. */
  readonly last?: true;
}

/** Items that had failed and are well now. */
export interface Recovered {
  readonly recovered: readonly Range[];
}

/** One record behind the head. */
export type Entry = Begun | Progress | Recovered;

/** The first characters of every journal. */
export const headerStart = '{"tandem":"journal",';

/** A record's line. */
export function encode(record: JournalHeader | Entry): string {
  return `${
    JSON.stringify(record, (_key, value) => Array.isArray(value) && isRange(value[0]) ? pack(value) : value)
  }\n`;
}

/** An entry, or undefined if the text is none. */
export function parseEntry(text: string): Entry | undefined {
  const found = parseObject(text);
  if (found === undefined) return undefined;
  if ("begun" in found) return found as unknown as Begun;
  const { done, failed, recovered, bytes } = found;
  if (isPacked(recovered)) return { recovered: unpack(recovered) };
  if (!isPacked(done) || !isPacked(failed) || typeof bytes !== "number") return undefined;
  return { ...found, done: unpack(done), failed: unpack(failed), bytes };
}

/** A head of any schema, or undefined if the text is none. */
export function parseHeader(text: string): JournalHeader | undefined {
  return text.startsWith(headerStart) ? parseObject(text) as unknown as JournalHeader : undefined;
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

function isRange(value: unknown): boolean {
  return typeof value === "object" && value !== null && "first" in value;
}

/** Ascending ranges as distances: from the last range's end to the next one's beginning, and its length, in turn. */
function pack(ranges: readonly Range[]): number[] {
  let at = 0;
  return ranges.flatMap(({ first, end }) => {
    const pair = [first - at, end - first];
    at = end;
    return pair;
  });
}

function isPacked(value: unknown): value is number[] {
  return Array.isArray(value) && value.length % 2 === 0 && value.every(Number.isSafeInteger);
}

function unpack(distances: readonly number[]): Range[] {
  let at = 0;
  return Array.from({ length: distances.length / 2 }, (_, i) => {
    const first = at + distances[2 * i];
    at = first + distances[2 * i + 1];
    return { first, end: at };
  });
}

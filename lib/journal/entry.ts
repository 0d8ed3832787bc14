import type { Range } from "../exec/schedule/range_set.ts";
import type { Identity } from "./settings.ts";

/** The first record: what the run is. A file that does not begin with it is not a journal. */
export interface JournalHeader extends Identity {
  readonly tandem: "journal";
  /** Increased when the meaning of records changes. */
  readonly schema: 2;
  /** The version of tandem that created the journal, for information only. */
  readonly version: string;
}

/** A program begins to write results: a new run, one that resumes it, or one that retries its failed items. */
export interface Begun {
  readonly begun: "run" | "resume" | "retry";
  /** Where its output begins in the output file, in bytes; null if the output does not go to a file. */
  readonly at: number | null;
}

/** How many bytes of input have been read so far, and their SHA-256, see input_digest.ts. */
export interface InputPosition {
  readonly bytes: number;
  readonly sha256: string;
}

/**
 * The items that have ended and have been written since the last record. Items are counted from 0 over the shard's non-blank
 * lines.
 */
export interface Progress {
  readonly done: readonly Range[];
  /** The failed items among `done`. */
  readonly failed: readonly Range[];
  /** Bytes written to stdout since this program began, up to the last of these items. */
  readonly bytes: number;
  /** Only if it has changed. */
  readonly input?: InputPosition;
  /** Items that have not ended, and how many of their records `bytes` already includes. Only without order. */
  readonly open?: readonly (readonly [item: number, records: number])[];
  /** The whole input is done. */
  readonly last?: true;
}

/** Items that had failed and have now succeeded. */
export interface Recovered {
  readonly recovered: readonly Range[];
}

/** A record after the header. */
export type Entry = Begun | Progress | Recovered;

/** The first characters of every journal. */
export const headerStart = '{"tandem":"journal",';

/** Encodes a record as a line. */
export function encode(record: JournalHeader | Entry): string {
  return `${
    JSON.stringify(record, (_key, value) => Array.isArray(value) && isRange(value[0]) ? pack(value) : value)
  }\n`;
}

/** Parses an entry; undefined if the text is not an entry. */
export function parseEntry(text: string): Entry | undefined {
  const found = parseObject(text);
  if (found === undefined) return undefined;
  if ("begun" in found) return found as unknown as Begun;
  const { done, failed, recovered, bytes } = found;
  if (isPacked(recovered)) return { recovered: unpack(recovered) };
  if (!isPacked(done) || !isPacked(failed) || typeof bytes !== "number") return undefined;
  return { ...found, done: unpack(done), failed: unpack(failed), bytes };
}

/** Parses a header of any schema; undefined if the text is not a header. */
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

/** Encodes ascending ranges as pairs: the distance from the end of the last range, and the length. */
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

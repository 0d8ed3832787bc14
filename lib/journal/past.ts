import { RangeSet } from "../exec/schedule/range_set.ts";
import {
  type Begun,
  type Entry,
  headerStart,
  type InputPosition,
  type JournalHeader,
  parseEntry,
  parseHeader,
} from "./entry.ts";

/** What a journal says of all that was done before. */
export interface Past {
  readonly header: JournalHeader;
  readonly done: RangeSet;
  /** Those of them that failed, and are not mended. */
  readonly failed: RangeSet;
  /** Who wrote last, and up to where; retries do not count. */
  readonly begun: Begun;
  readonly bytes: number;
  readonly input: InputPosition;
  /** How many records of items that had not ended are in the output. */
  readonly open: ReadonlyMap<number, number>;
  /** All of the input is done. */
  readonly complete: boolean;
}

/** What a file holds. `length`: its bytes up to the end of the last whole record. */
export type Found =
  | { readonly kind: "journal"; readonly past: Past; readonly length: number }
  /** It was begun, and not one record of it is whole. */
  | { readonly kind: "empty" }
  | { readonly kind: "other"; readonly found: string };

const emptyInput: InputPosition = { bytes: 0, sha256: "" };
const newline = 10;

/** Reads a journal. A last record that is torn, because the program was killed or the disk was full, does not count. */
export function readPast(bytes: Uint8Array): Found {
  const whole = bytes.subarray(0, bytes.lastIndexOf(newline) + 1);
  const text = new TextDecoder().decode(whole);
  if (text === "") return isTornHeader(bytes) ? { kind: "empty" } : { kind: "other", found: "is no journal" };
  const [first, ...lines] = text.split("\n").slice(0, -1);
  const header = parseHeader(first);
  if (header === undefined) return { kind: "other", found: "is no journal" };
  if (header.schema !== 1) {
    return { kind: "other", found: `was made by tandem ${header.version}, in a way unknown here` };
  }
  let past: Past = {
    header,
    done: new RangeSet(),
    failed: new RangeSet(),
    begun: { begun: "run", at: null },
    bytes: 0,
    input: emptyInput,
    open: new Map(),
    complete: false,
  };
  let length = first.length + 1;
  for (const [i, line] of lines.entries()) {
    const entry = parseEntry(line);
    if (entry === undefined) {
      if (i === lines.length - 1) break;
      return { kind: "other", found: `is damaged: line ${i + 2} is no record of a journal` };
    }
    past = then(past, entry);
    length += line.length + 1; // all of a journal is ASCII
  }
  return { kind: "journal", past, length };
}

/** Takes one entry into account. The sets are changed in place. */
function then(past: Past, entry: Entry): Past {
  if ("begun" in entry) {
    return entry.begun === "retry" ? past : { ...past, begun: entry, bytes: 0, complete: false };
  }
  if ("recovered" in entry) {
    for (const { first, end } of entry.recovered) past.failed.remove(first, end);
    return past;
  }
  for (const { first, end } of entry.done) past.done.add(first, end);
  for (const { first, end } of entry.failed) past.failed.add(first, end);
  const { bytes, input = past.input, open = [], last = false } = entry;
  return { ...past, bytes, input, open: new Map(open), complete: last };
}

/** Whether a text without an end may be the beginning of a journal's first record. */
function isTornHeader(bytes: Uint8Array): boolean {
  const start = new TextDecoder().decode(bytes.subarray(0, headerStart.length));
  return headerStart.startsWith(start);
}

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

/** What was done before, according to a journal. */
export interface Past {
  readonly header: JournalHeader;
  readonly done: RangeSet;
  /** The items among `done` that failed and have not recovered. */
  readonly failed: RangeSet;
  /** The last program that wrote output, not counting retries. */
  readonly begun: Begun;
  /** How many bytes of output it had written at the last record. */
  readonly bytes: number;
  readonly input: InputPosition;
  /** Items that had not ended, and how many of their records are in the output. */
  readonly open: ReadonlyMap<number, number>;
  /** The whole input is done. */
  readonly complete: boolean;
}

/** What a file contains. `length`: its bytes up to the end of the last complete record. */
export type Found =
  | { readonly kind: "journal"; readonly past: Past; readonly length: number }
  /** A journal without a single complete record. */
  | { readonly kind: "empty" }
  | { readonly kind: "other"; readonly found: string };

const emptyInput: InputPosition = { bytes: 0, sha256: "" };
const newline = 10;

/** Reads a journal. An incomplete last record, from a killed program or a full disk, is ignored. */
export function readPast(bytes: Uint8Array): Found {
  const whole = bytes.subarray(0, bytes.lastIndexOf(newline) + 1);
  const text = new TextDecoder().decode(whole);
  if (text === "") return isTornHeader(bytes) ? { kind: "empty" } : { kind: "other", found: "is not a journal" };
  const [first, ...lines] = text.split("\n").slice(0, -1);
  const header = parseHeader(first);
  if (header === undefined) return { kind: "other", found: "is not a journal" };
  if (header.schema !== 2) {
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
  let length = bytes.indexOf(newline) + 1;
  for (const [i, line] of lines.entries()) {
    const entry = parseEntry(line);
    if (entry === undefined) {
      if (i === lines.length - 1) break;
      return { kind: "other", found: `is damaged: line ${i + 2} is not a journal record` };
    }
    past = then(past, entry);
    length += line.length + 1; // entries are ASCII; the header has texts of the user's
  }
  return { kind: "journal", past, length };
}

/** Applies one entry. The sets are changed in place. */
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

/** Whether these bytes may be the beginning of a journal's header that was not completely written. */
function isTornHeader(bytes: Uint8Array): boolean {
  const start = new TextDecoder().decode(bytes.subarray(0, headerStart.length));
  return headerStart.startsWith(start);
}

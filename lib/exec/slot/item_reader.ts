import { type Block, endOf, isTooLong, lineOf, startOf } from "../wire/block.ts";
import { isInexact, mayLoseIntegers } from "../wire/inexact_json.ts";
import type { BlockUse, ItemNumber, Line, Place } from "../wire/numbers.ts";
import type { InexactCount, ItemCodec } from "../wire/protocol.ts";
import type { Arrival } from "./arrival.ts";
import { CodedError } from "../wire/error_record.ts";
import type { ReadRow } from "../wire/rows.ts";
import type { Decode } from "../wire/text_decoder.ts";
import {
  bytesIndexOf,
  bytesSet,
  bytesSlice,
  decode,
  Error,
  min,
  parse,
  subarray,
  substring,
  TextDecoder,
  typedArrayLength,
  Uint8Array,
} from "../../natives.ts";

const newline = 10;

/** Consecutive items in consecutive places of a block. `next` of them have been looked at. */
export interface ItemRange {
  readonly block: Block;
  /** Decodes the block's bytes. */
  readonly decode: Decode;
  readonly from: Place;
  readonly first: ItemNumber;
  readonly count: number;
  /** Which use of the block the items are of. */
  readonly use: BlockUse;
  /** The line of the block's first place. */
  readonly firstLine: Line;
  /** When it came, if that is measured. */
  readonly arrival?: Arrival;
  next: number;
  /** Some of the range as text, if it is ASCII: then a place in the bytes is a place in the text. */
  text?: string;
  /** Where `text` begins and ends in the block's bytes. */
  textFrom: number;
  textEnd: number;
  /** Whether objects and arrays in `text` may lose integers; undefined: not looked at. */
  textMayLose?: boolean;
}

/**
 * To look closely takes a fifth of the time of an item that does nothing. What is found only so (keys that stand twice, numbers
 * out of range) comes from the program that wrote the input, in many of its lines: a thread looks at its first objects and
 * arrays, then at one of `closeEvery`, and once an item has been noted at all.
 */
const closeFirst = 1000;
const closeEvery = 64; // a power of 2

/** Counts the items that were not read as they are written, until main is told. */
export class InexactItems {
  #items = 0;
  #line = Infinity;
  #looked = 0;
  #noted = false;

  note(line: Line): void {
    this.#noted = true;
    this.#items++;
    this.#line = min(this.#line, line);
  }

  /** Whether to look closely at the next object or array. */
  nextClosely(): boolean {
    const before = this.#looked++;
    return before < closeFirst || (before & closeEvery - 1) === 0 || this.#noted;
  }

  /** Those since this was last asked; undefined if there are none. */
  take(): InexactCount | undefined {
    if (this.#items === 0) return undefined;
    const count = { items: this.#items, line: this.#line as Line };
    this.#items = 0;
    this.#line = Infinity;
    return count;
  }
}

/**
 * Maximum bytes that are decoded at once. A call of the decoder costs as much as a thousand bytes; a text above 128 KiB is a
 * large object to V8, and stays until a full collection.
 */
const textBytes = 64 * 1024;

/** Reads one item of a range; what it throws is the item's error. */
type ReadItem = (range: ItemRange, place: Place) => unknown;

/**
 * Reads one item of a range; what it throws is the item's error. `maxLine` is for the message of one that was too long;
 * `inexact` counts items that say something else than what was read; `readRow` is for items that are rows.
 */
export function itemReader(
  codec: ItemCodec,
  maxLine: number,
  inexact: InexactItems,
  readRow?: ReadRow,
): ReadItem {
  const isLookedAt = (value: unknown, range: ItemRange, place: Place) => {
    if (typeof value !== "object" || value === null) return typeof value === "number";
    return inexact.nextClosely() || mayLose(range, place);
  };
  const readExactly = (range: ItemRange, place: Place) => {
    const text = readText(range, place);
    const value = parsed(text);
    const { block, firstLine } = range;
    if (
      isLookedAt(value, range, place) && isInexact(value, text, block.bytes, startOf(block, place), endOf(block, place))
    ) {
      inexact.note(lineOf(block, place, firstLine));
    }
    return value;
  };
  const readFields: ReadItem = (range, place) => readRow?.(readText(range, place, newline));
  const read = { json: readExactly, text: readText, bytes: readBytes, csv: readFields, tsv: readFields }[codec];
  return (range, place) => {
    if (isTooLong(range.block, place)) {
      throw new CodedError("RangeError", `the item is longer than ${maxLine} bytes`, "line-too-long");
    }
    return read(range, place);
  };
}

/** Whether an object or array may lose integers. All items that have been decoded together are looked at together. */
function mayLose(range: ItemRange, place: Place): boolean {
  const { text } = range;
  if (text === undefined || startOf(range.block, place) < range.textFrom) return true;
  return range.textMayLose ??= mayLoseIntegers(text);
}

function parsed(text: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    const message = error instanceof Error ? error.message : "";
    throw new CodedError("SyntaxError", `not JSON: ${message}`, "not-json");
  }
}

/** `headEnd` ends a head before the line, see rowHead: it was not in the input. */
function readText(range: ItemRange, place: Place, headEnd?: number): string {
  const { block } = range;
  const start = startOf(block, place);
  const end = endOf(block, place);
  if (end > range.textEnd) decodeMany(range, place);
  const { text } = range;
  if (text !== undefined && start >= range.textFrom) {
    return substring(text, start - range.textFrom, end - range.textFrom);
  }
  const decoded = range.decode(start, end);
  if (decoded !== undefined) return decoded.text;
  const head = headEnd === undefined ? 0 : bytesIndexOf(block.bytes, headEnd, start) + 1 - start;
  const bad = firstBadByte(bytesSlice(block.bytes, start, end)) + 1 - head;
  throw new CodedError("TypeError", `not UTF-8: byte ${bad} of the line`, "not-utf8");
}

/** Decodes the item at `place` and as many after it as go together. */
function decodeMany(range: ItemRange, place: Place): void {
  const { block, from, count } = range;
  const start = startOf(block, place);
  let end = endOf(block, place);
  for (let next = place + 1 as Place; next < from + count; next++) {
    const nextEnd = endOf(block, next);
    if (nextEnd - start > textBytes || isTooLong(block, next)) break;
    end = nextEnd;
  }
  range.textFrom = start;
  range.textEnd = end;
  const decoded = range.decode(start, end);
  range.textMayLose = undefined;
  range.text = decoded?.ascii ? decoded.text : undefined; // else each item is decoded alone
}

/** A copy of its own: the job may keep it, or write to it. */
function readBytes({ block }: ItemRange, place: Place): Uint8Array {
  const start = startOf(block, place);
  const end = endOf(block, place);
  const copy = new Uint8Array(end - start);
  bytesSet(copy, subarray(block.bytes, start, end));
  return copy;
}

/** The 0-based place of the first byte that no UTF-8 text has there. */
function firstBadByte(bytes: Uint8Array): number {
  let good = 0;
  let bad = typedArrayLength(bytes);
  while (good < bad) {
    const middle = (good + bad) >> 1;
    try {
      decode(new TextDecoder("utf-8", { fatal: true }), subarray(bytes, 0, middle + 1), { stream: true });
      good = middle + 1;
    } catch {
      bad = middle;
    }
  }
  return good;
}

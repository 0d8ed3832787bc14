import type { ItemError, ItemErrorCode } from "../../model/item.ts";
import { bytesSet, charCodeAt, encode, Error, stringify, subarray, substring, Uint8Array } from "../../natives.ts";

/** An item's error that we made: it has a code, which the errors of jobs have not. */
export class CodedError extends Error {
  // Defined, not assigned: a job may have frozen Error.prototype, and then assignment would throw.
  override readonly name: string;
  readonly code: ItemErrorCode;

  constructor(name: string, message: string, code: ItemErrorCode) {
    super(message);
    this.name = name;
    this.code = code;
  }
}

/** Longest message of an error record, in UTF-16 units: it is for people. */
const maxMessageLength = 10_000;

/** `{"line":17,"error":{"name":…,"message":…}}`, and in it the `code` of an error that is not the job's. */
export function errorRecord(line: number, { name, message, code }: ItemError, separator: string): string {
  const end = code === undefined ? "" : `,"code":${stringify(code)}`;
  return `{"line":${line},"error":{"name":${stringify(name)},"message":${
    stringify(cutText(message, maxMessageLength))
  }${end}}}${separator}`;
}

/** An error record that says how often the item was tried: `{"line":17,"error":{…},"attempts":3}`. */
export function withAttempts(record: Uint8Array, attempts: number): Uint8Array {
  const end = encode(`,"attempts":${attempts}`);
  const cut = record.length - 2; // before the last brace and the separator
  const longer = new Uint8Array(record.length + end.length);
  bytesSet(longer, subarray(record, 0, cut));
  bytesSet(longer, end, cut);
  bytesSet(longer, subarray(record, cut), cut + end.length);
  return longer;
}

/** At most the first `units` UTF-16 units of a text, never half a surrogate pair, and `…` if that is not all of it. */
export function cutText(text: string, units: number): string {
  if (text.length <= units) return text;
  const last = charCodeAt(text, units - 1);
  const isHalf = last >= 0xd800 && last < 0xdc00;
  return `${substring(text, 0, isHalf ? units - 1 : units)}…`;
}

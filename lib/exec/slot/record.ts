import { encodeJson } from "./encode_json.ts";
import type { ItemError } from "../../model/item.ts";
import type { Format } from "../wire/protocol.ts";

// What we use we keep: the job may replace globals.
const stringify = JSON.stringify;
const { call } = Function.prototype;
const encoder = new TextEncoder();
const encode = encoder.encode.bind(encoder);
const Bytes = Uint8Array;
const includes = call.bind(String.prototype.includes) as (text: string, part: string) => boolean;
const NativeError = Error;
const toText = String;
const Failure = TypeError;
const TooLong = RangeError;

/** Makes the record of one value; what it throws is the item's error. `line` is 1-based. */
export type MakeRecord = (value: unknown, line: number) => string | Uint8Array;

/** How values become records. */
export function recordMaker(format: Format): MakeRecord {
  const { separator, tag, output, maxResult } = format;
  if (output === "bytes") {
    return (value) => {
      if (!(value instanceof Bytes)) {
        throw new Failure(`the result is ${typeof value}; with bytes as output, return a Uint8Array`);
      }
      if (value.length > maxResult) throw tooLong(maxResult);
      return value;
    };
  }
  const plain = output === "text" ? (value: unknown) => rawText(value, separator) : encodeJson;
  const body: MakeRecord = tag ? (value, line) => `{"line":${line},"value":${encodeJson(value)}}` : plain;
  return (value, line) => {
    const record = body(value, line) + separator;
    if (record.length * 3 > maxResult) checkLength(record, maxResult);
    return record;
  };
}

/** Strings as they are, other values as JSON. */
function rawText(value: unknown, separator: string): string {
  if (typeof value !== "string") return encodeJson(value);
  if (includes(value, separator)) {
    const [name, remedy] = separator === "\n" ? ["a newline", "--output json, or --null"] : ["a NUL", "--output json"];
    throw new Failure(`the result holds ${name}, which separates records: ${remedy}`);
  }
  return value;
}

function checkLength(record: string, maxResult: number): void {
  if (record.length > maxResult || encode(record).length > maxResult) throw tooLong(maxResult);
}

function tooLong(maxResult: number): Error {
  return new TooLong(`the result is longer than ${maxResult} bytes; to let it pass: --max-result`);
}

/** The name and message of anything that can be thrown, `null` and objects with hostile getters included. */
export function describeError(error: unknown): ItemError {
  try {
    if (error instanceof NativeError) return { name: `${error.name}`, message: `${error.message}` };
    const text = typeof error === "string" ? error : stringify(error) ?? toText(error);
    return { name: "Error", message: `thrown: ${text}` };
  } catch {
    return { name: "Error", message: "thrown: something that cannot be shown" };
  }
}

/** The same as text. */
export function errorText(error: unknown): string {
  const { name, message } = describeError(error);
  return `${name}: ${message}`;
}

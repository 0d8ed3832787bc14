import { CodedError } from "../wire/error_record.ts";
import { encodeJson } from "./encode_json.ts";
import type { ItemError } from "../../model/item.ts";
import type { Format } from "../wire/protocol.ts";
import { encode, Error, String, stringify, textIncludes, typedArrayLength, Uint8Array } from "../../natives.ts";

/** Makes the record of one value; what it throws is the item's error. `line` is the item's. */
export type MakeRecord = (value: unknown, line: number) => string | Uint8Array;

/** How values become records. */
export function recordMaker(format: Format): MakeRecord {
  const { separator, tag, output, maxResult } = format;
  if (output === "bytes") {
    return (value) => {
      if (!(value instanceof Uint8Array)) {
        const message = `the result is ${typeof value}; with bytes as output, return a Uint8Array`;
        throw new CodedError("TypeError", message, "result-not-bytes");
      }
      if (typedArrayLength(value) > maxResult) throw tooLong(maxResult);
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
  if (textIncludes(value, separator)) {
    const found = separator === "\n" ? "a newline" : "a NUL";
    throw new CodedError("TypeError", `the result holds ${found}, which separates records`, "result-has-separator");
  }
  return value;
}

function checkLength(record: string, maxResult: number): void {
  if (record.length > maxResult || typedArrayLength(encode(record)) > maxResult) throw tooLong(maxResult);
}

function tooLong(maxResult: number): Error {
  return new CodedError("RangeError", `the result is longer than ${maxResult} bytes`, "result-too-long");
}

/** The name and message of anything that can be thrown, `null` and objects with hostile getters included. */
export function describeError(error: unknown): ItemError {
  try {
    if (error instanceof CodedError) return { name: error.name, message: error.message, code: error.code };
    if (error instanceof Error) return plain(`${error.name}`, `${error.message}`);
    const text = typeof error === "string" ? error : stringify(error) ?? String(error);
    return plain("Error", `thrown: ${text}`);
  } catch {
    return plain("Error", "thrown: something that cannot be shown");
  }
}

/** An error of the job. That it has no code is said, as a job may have given one to all objects. */
function plain(name: string, message: string): ItemError {
  return { name, message, code: undefined };
}

/** The same as text. */
export function errorText(error: unknown): string {
  const { name, message } = describeError(error);
  return `${name}: ${message}`;
}

import { CodedError } from "../wire/error_record.ts";
import { encodeJson } from "./encode_json.ts";
import { tooLong } from "./unencodable.ts";
import type { ItemError } from "../../model/item.ts";
import type { Format } from "../wire/protocol.ts";
import {
  encode,
  isError,
  isWellFormed,
  objectToString,
  String,
  stringify,
  textIncludes,
  typedArrayLength,
  typedArrayName,
  Uint8Array,
} from "../../natives.ts";

/** Makes the record of one value; what it throws is the item's error. `line` is the item's. */
export type MakeRecord = (value: unknown, line: number) => string | Uint8Array;

/** How values become records. */
export function recordMaker(format: Format): MakeRecord {
  const { separator, tag, output, maxResult } = format;
  if (output === "bytes") {
    return (value) => {
      if (!isBytes(value)) {
        const message = `the result is ${typeof value}; with bytes as output, return a Uint8Array`;
        throw new CodedError("TypeError", message, "result-not-bytes");
      }
      if (typedArrayLength(value) > maxResult) throw tooLong(maxResult);
      return value;
    };
  }
  const json = (value: unknown) => encodeJson(value, maxResult);
  const plain = output === "text" ? (value: unknown) => rawText(value, format) : json;
  const body: MakeRecord = tag ? (value, line) => `{"line":${line},"value":${json(value)}}` : plain;
  return (value, line) => {
    const record = body(value, line) + separator;
    if (record.length * 3 > maxResult) checkLength(record, maxResult);
    return record;
  };
}

function isBytes(value: unknown): value is Uint8Array {
  return typedArrayName(value) === "Uint8Array";
}

/** Strings as they are, other values as JSON. */
function rawText(value: unknown, { separator, maxResult }: Format): string {
  if (typeof value !== "string") return encodeJson(value, maxResult);
  if (!isWellFormed(value)) {
    throw new CodedError(
      "TypeError",
      "the result holds half a surrogate pair, which UTF-8 cannot hold",
      "result-not-utf8",
    );
  }
  if (textIncludes(value, separator)) {
    const found = separator === "\n" ? "a newline" : "a NUL";
    throw new CodedError("TypeError", `the result holds ${found}, which separates records`, "result-has-separator");
  }
  return value;
}

function checkLength(record: string, maxResult: number): void {
  if (record.length > maxResult || typedArrayLength(encode(record)) > maxResult) throw tooLong(maxResult);
}

/** The name and message of anything that can be thrown, `null` and objects with hostile getters included. */
export function describeError(error: unknown): ItemError {
  try {
    if (error instanceof CodedError) return { name: error.name, message: error.message, code: error.code };
    if (isError(error)) return plain(`${error.name}`, `${error.message}`);
    if (objectToString(error) === "[object Response]") return responseError(error as Response);
    const text = typeof error === "string" ? error : stringify(error) ?? String(error);
    return plain("Error", `thrown: ${text}`);
  } catch {
    return plain("Error", "thrown: something that cannot be shown");
  }
}

/** A Response that was thrown, as its status says it: `404 Not Found from https://…`. JSON would make `{}` of it. */
function responseError({ status, statusText, url }: Response): ItemError {
  return plain("Response", `${status}${statusText && ` ${statusText}`}${url && ` from ${url}`}`);
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

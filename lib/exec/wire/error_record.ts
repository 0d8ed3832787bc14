import type { ItemError } from "../../model/item.ts";

// What we use we keep: the job may replace globals.
const stringify = JSON.stringify;
const { call } = Function.prototype;
const encoder = new TextEncoder();
const encode = encoder.encode.bind(encoder);
const Bytes = Uint8Array;
const substring = call.bind(String.prototype.substring) as (text: string, from: number, to: number) => string;

/** Longest message of an error record, in UTF-16 units: it is for people. */
const mostMessage = 10_000;

/** `{"line":17,"error":{"name":…,"message":…}}` */
export function errorRecord(line: number, { name, message }: ItemError, separator: string): string {
  const text = message.length > mostMessage ? `${substring(message, 0, mostMessage)}…` : message;
  return `{"line":${line},"error":{"name":${stringify(name)},"message":${stringify(text)}}}${separator}`;
}

/** An error record that says how often the item was tried: `{"line":17,"error":{…},"attempts":3}`. */
export function withAttempts(record: Uint8Array, attempts: number): Uint8Array {
  const end = encode(`,"attempts":${attempts}`);
  const cut = record.length - 2; // before the last brace and the separator
  const longer = new Bytes(record.length + end.length);
  longer.set(record.subarray(0, cut));
  longer.set(end, cut);
  longer.set(record.subarray(cut), cut + end.length);
  return longer;
}

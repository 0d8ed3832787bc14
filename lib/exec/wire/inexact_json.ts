import { BigInt, exec, isArray, Number } from "../../natives.ts";

const [quote, backslash, colon] = [34, 92, 58];

/** Integers of so many digits are exact: 2^53 has 16. */
const exactDigits = 15;

/** The strings and the numbers of a JSON text: whole, fraction, exponent. */
const token = /"[^"\\]*(?:\\.[^"\\]*)*"|(-?\d+)(\.\d+)?([eE][+-]?\d+)?/gs;

/**
 * The begin of an integer that may not be exact: 16 digits after what stands before a number in an object or array. As one
 * string of classes V8 searches it in 0.1 to 0.2 ns a character; `\d{16}`, or what stands before it first, takes four times as
 * long.
 */
const longInteger = /\d\d\d\d\d\d\d\d\d\d\d\d\d\d\d\d(?<=[-:,[\s]\d{16})/;

/** The exponent of a number that may be infinite or 0. */
const longExponent = /\d[eE][-+]?\d\d\d(?<=[-:,[\s]\d[\d.]*[eE][-+]?\d\d\d)/;

/**
 * Whether a JSON text says something else than the value that JSON.parse has made of it: an integer beyond 2^53 that became
 * another one, a number that became infinite or 0, or a key that stands twice, of which the last one counts. Fractions are
 * rounded as everywhere in JavaScript. The text's bytes are those from `start` to `end`.
 */
export function isInexact(value: unknown, text: string, bytes: Uint8Array, start: number, end: number): boolean {
  if (typeof value === "number") return isInexactNumber(value, text);
  if (typeof value !== "object" || value === null) return false;
  const mayLose = mayLoseIntegers(text) || exec(longExponent, text) !== null;
  return mayLose && losesNumbers(text) || losesKeys(value, bytes, start, end);
}

function isInexactNumber(value: number, text: string): boolean {
  return (text.length > exactDigits || value - value !== 0 || value === 0) && losesNumbers(text);
}

/**
 * Whether integers may be lost in the text of an object or array, or of many in a row with any other values between them:
 * then `isInexact` has to be asked. It tells nothing of the rest that may be lost.
 */
export function mayLoseIntegers(text: string): boolean {
  return exec(longInteger, text) !== null;
}

/** Whether numbers of a JSON text become others. */
function losesNumbers(text: string): boolean {
  token.lastIndex = 0;
  for (let found = exec(token, text); found !== null; found = exec(token, text)) {
    const whole: string | undefined = found[1];
    if (whole === undefined) continue; // a string
    const exponent: string | undefined = found[3];
    const number = Number(found[0]);
    if (number - number !== 0) return true;
    if (number === 0 && exponent !== undefined && exec(/^[-0.]*[1-9]/, found[0]) !== null) return true;
    const isInteger = found[2] === undefined && exponent === undefined;
    if (!isInteger || whole.length <= exactDigits || `${number}` === whole) continue; // it would be written as it was
    if (BigInt(whole) !== BigInt(number)) return true;
  }
  return false;
}

/** Whether a JSON text, its bytes from `start` to `end`, has more keys than the object or array that it became. */
function losesKeys(value: object, bytes: Uint8Array, start: number, end: number): boolean {
  const written = keysWritten(bytes, start, end);
  if (written < 2) return false;
  try {
    return keysIn(value) < written;
  } catch {
    return false; // nested too deeply to be counted
  }
}

function keysWritten(bytes: Uint8Array, start: number, end: number): number {
  let count = 0;
  for (let i = start; i < end; i++) {
    const byte = bytes[i];
    if (byte === quote) { // as the text has been parsed, each string has its end
      for (let next = bytes[++i]; next !== quote; next = bytes[++i]) if (next === backslash) i++;
    } else if (byte === colon) count++;
  }
  return count;
}

function keysIn(value: object): number {
  let count = 0;
  if (isArray(value)) {
    for (let i = 0; i < value.length; i++) {
      const item: unknown = value[i];
      if (typeof item === "object" && item !== null) count += keysIn(item);
    }
    return count;
  }
  for (const name in value) { // faster than keys; what a job has added to Object.prototype counts too, and may hide a key
    count++;
    const member = (value as Record<string, unknown>)[name];
    if (typeof member === "object" && member !== null) count += keysIn(member);
  }
  return count;
}

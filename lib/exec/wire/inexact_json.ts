import { BigInt, exec, isArray, Number } from "../../natives.ts";

const [quote, backslash, colon, point, zero, nine, bigE, smallE] = [34, 92, 58, 46, 48, 57, 69, 101];

/** Integers of so many digits are exact: 2^53 has 16. */
const exactDigits = 15;

/** A number whose exponent has fewer digits is neither infinite nor 0. */
const safeExponentDigits = 2;

/** The strings and the numbers of a JSON text: whole, fraction, exponent. */
const token = /"[^"\\]*(?:\\.[^"\\]*)*"|(-?\d+)(\.\d+)?([eE][+-]?\d+)?/gs;

/** What a scan of a JSON text has found. */
let keysFound = 0;
let numbersMayLose = false;

/**
 * Whether a JSON text says something else than the value that JSON.parse has made of it: an integer beyond 2^53 that became
 * another one, a number that became infinite or 0, or a key that stands twice, of which the last one counts. Fractions are
 * rounded as everywhere in JavaScript. The text's bytes are those from `start` to `end`.
 */
export function isInexact(value: unknown, text: string, bytes: Uint8Array, start: number, end: number): boolean {
  if (typeof value === "number") {
    return (end - start > exactDigits || value - value !== 0 || value === 0) && losesNumbers(text);
  }
  if (typeof value !== "object" || value === null) return false;
  scan(bytes, start, end);
  if (numbersMayLose && losesNumbers(text)) return true;
  if (keysFound < 2) return false;
  const found = keysFound;
  try {
    return keysIn(value) < found;
  } catch {
    return false; // nested too deeply to be counted
  }
}

function scan(bytes: Uint8Array, start: number, end: number): void {
  keysFound = 0;
  numbersMayLose = false;
  let digits = 0;
  let isWhole = true;
  for (let i = start; i < end; i++) {
    const byte = bytes[i];
    if (byte === quote) { // as the text has been parsed, each string has its end
      for (let next = bytes[++i]; next !== quote; next = bytes[++i]) if (next === backslash) i++;
    } else if (byte >= zero && byte <= nine) {
      if (isWhole && ++digits > exactDigits) numbersMayLose = true;
      continue;
    } else if (byte === colon) keysFound++;
    else if (byte === bigE || byte === smallE) { // also in true and false
      let last = i + 1;
      if (bytes[last] < zero) last++; // a sign; the bracket at the value's end is greater
      while (bytes[last] >= zero && bytes[last] <= nine) last++;
      if (last - i > safeExponentDigits + 1) numbersMayLose = true;
    }
    digits = 0;
    isWhole = byte !== point;
  }
}

function losesNumbers(text: string): boolean {
  token.lastIndex = 0;
  for (let found = exec(token, text); found !== null; found = exec(token, text)) {
    const whole: string | undefined = found[1];
    if (whole === undefined) continue; // a string
    const isInteger = found[2] === undefined && found[3] === undefined;
    const number = Number(found[0]);
    if (number - number !== 0 || number === 0 && exec(/^[-0.]*[1-9]/, found[0]) !== null) return true;
    if (!isInteger || whole.length <= exactDigits || `${number}` === whole) continue; // it would be written as it was
    if (BigInt(whole) !== BigInt(number)) return true;
  }
  return false;
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

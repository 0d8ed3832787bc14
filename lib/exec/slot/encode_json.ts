import {
  arrayPrototype,
  datePrototype,
  dateToJSON,
  getPrototypeOf,
  isArray,
  min,
  objectPrototype,
  stringify,
} from "../../natives.ts";
import { plainCopy } from "./plain_copy.ts";
import { maxTextLength, tooLong, UnencodableError } from "./unencodable.ts";

export { UnencodableError };

/** Levels that `roomAfter` follows: a cycle ends here, and a deeper value goes through a copy. */
const followedLevels = 500;

/** Room after a value that JSON.stringify alone might not write as documented. */
const unfaithful = -1;

/**
 * A job's result as one line of JSON, without the line's end. At any depth:
 *
 * - null, booleans, strings and finite numbers: as they are
 * - undefined: null as the whole result and in arrays; a property that is undefined is left out
 * - NaN, Infinity, -Infinity: null
 * - arrays: arrays, with null in holes
 * - objects, also those of your own classes: their own enumerable properties; those with symbols as keys are left out
 * - anything with a toJSON method (Date, URL, Buffer, Temporal): what toJSON returns
 * - Date: an ISO 8601 text in UTC; null if it is invalid
 * - Map: an array of [key, value] pairs; Set: an array of its values
 * - typed arrays: an array of their numbers; ArrayBuffer, SharedArrayBuffer, DataView: an array of their bytes
 * - Error: { name, message }, and its cause if it has one; other properties of it are left out
 * - RegExp: its source, like "/a/g"
 * - boxed primitives: what they box
 *
 * The same object may be in several places. These are errors of the item, never a silent loss:
 *
 * - functions, symbols, and BigInts without a toJSON method (BigInt64Array and BigUint64Array hold BigInts)
 * - an object inside itself (a cycle)
 * - objects of built-in classes that hide their content: Promise, iterators, WeakMap, Headers, Response and the like
 * - a getter, toJSON or Proxy that throws; getters may be read more than once
 * - nesting deeper than about 1,000 levels, and text longer than about 500 million characters
 *
 * The error's message starts with the way to the value: `result.rows[3]["odd key"]`; in a Map `.get("key")` if the key is
 * a string or a number; and `.keys()[0]` or `.values()[0]`, in order from 0, for keys and other values of a Map and the
 * values of a Set.
 *
 * A text of more than `limit` characters is an error too, often before it is made. A shorter one may have more bytes than that.
 *
 * @throws {UnencodableError} one of these
 * @throws {CodedError} the text would be too long; nothing else is thrown, whatever the job's own code does
 */
export function encodeJson(value: unknown, limit: number = maxTextLength): string {
  switch (typeof value) {
    case "string":
      if (value.length > limit) throw tooLong(limit);
      return write(value);
    case "number": // as JSON.stringify writes it, in less than half its time
      return value - value === 0 ? `${value}` : "null";
    case "boolean":
      return value ? "true" : "false";
    case "undefined":
      return "null";
    case "object":
      return value === null ? "null" : encodeObject(value, min(limit, maxTextLength));
    default:
      return write(plainCopy(value, min(limit, maxTextLength)));
  }
}

function encodeObject(value: object, limit: number): string {
  try {
    if (roomAfterObject(value, followedLevels, limit) >= 0) {
      const text: string | undefined = stringify(value);
      if (text !== undefined) return text;
    }
  } catch {
    // The copy meets it again, and knows the path.
  }
  return write(plainCopy(value, limit));
}

function write(plain: unknown): string {
  try {
    const text: string | undefined = stringify(plain);
    return text ?? "null";
  } catch {
    throw new UnencodableError("result is too long or nested too deeply for JSON; return less");
  }
}

/**
 * The characters that are left of `room` when JSON.stringify has written the value, counted low. Anything but 0 or more
 * says: the room may not suffice, or JSON.stringify alone may not write what `encodeJson` documents. A getter that
 * returns one kind of value here and another to JSON.stringify deceives it.
 *
 * V8 15.0 finds out that a text is too long when it has made all of it: without this count, a small value that holds the
 * same objects again and again takes all memory.
 */
function roomAfter(value: unknown, levels: number, room: number): number {
  switch (typeof value) {
    case "number":
    case "boolean":
    case "undefined":
      return room;
    case "string":
      return room - value.length;
    case "object":
      return value === null ? room : roomAfterObject(value, levels, room);
    default:
      return unfaithful;
  }
}

function roomAfterObject(value: object, levels: number, room: number): number {
  if (levels === 0) return unfaithful;
  const prototype = getPrototypeOf(value);
  if (isArray(value)) {
    if (prototype !== arrayPrototype || "toJSON" in value) return unfaithful;
    const { length } = value;
    let left = room - 2 * length; // each item is a character and a comma or bracket at least
    for (let i = 0; i < length && left >= 0; i++) left = roomAfter(value[i], levels - 1, left);
    return left;
  }
  const { toJSON } = value as { toJSON?: unknown };
  if (prototype === datePrototype) return toJSON === dateToJSON ? room : unfaithful;
  if (toJSON !== undefined || prototype !== objectPrototype && prototype !== null) return unfaithful;
  let left = room;
  for (const name in value) { // inherited ones too: they do no harm, and to ask which they are is slow
    left = roomAfter((value as Record<string, unknown>)[name], levels - 1, left - name.length - 2);
    if (!(left >= 0)) return unfaithful;
  }
  return left;
}

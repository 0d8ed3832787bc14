const ascii = (text: string) => new TextEncoder().encode(text);

/** A record is `{"line":17,"value":…}`, or an error record: `{"line":17,"error":…}`, or `{"line":17,"at":…,"error":…}`. */
const [start, valueKey, errorKey, atKey] = ['{"line":', ',"value":', ',"error":', ',"at":'].map(ascii);

const [zero, nine] = [48, 57];

/** What comes before a record's value is shorter, in bytes: if so much of a record is there, it can be told that it is none. */
export const headBytes = 48;

/** What a record begins with. */
export interface RecordHead {
  readonly line: number;
  readonly kind: "value" | "error";
  /** Where the value begins, if it has one. */
  readonly valueAt: number;
}

/** Reads the head of the record that begins at `from` and reaches up to `end`, or further; undefined if it is none of ours. */
export function readHead(bytes: Uint8Array, from: number, end: number): RecordHead | undefined {
  if (!has(bytes, start, from)) return undefined;
  let at = from + start.length;
  let line = 0;
  for (; at < end && bytes[at] >= zero && bytes[at] <= nine; at++) line = 10 * line + (bytes[at] - zero);
  if (line < 1 || !Number.isSafeInteger(line)) return undefined;
  if (has(bytes, valueKey, at)) return { line, kind: "value", valueAt: at + valueKey.length };
  return has(bytes, errorKey, at) || has(bytes, atKey, at) ? { line, kind: "error", valueAt: end } : undefined;
}

/** Whether these bytes are the beginning of a record, which may end within its head. */
export function beginsRecord(bytes: Uint8Array): boolean {
  return has(bytes, start.subarray(0, bytes.length), 0);
}

function has(bytes: Uint8Array, key: Uint8Array, at: number): boolean {
  for (let i = 0; i < key.length; i++) if (bytes[at + i] !== key[i]) return false;
  return true;
}

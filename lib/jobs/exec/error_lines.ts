/** A line that is longer than this, in bytes, is passed on in parts. */
const maxLine = 64 * 1024;

/** How much of a program's first line is kept, in bytes. */
const maxFirst = 500;

const newline = 10;

/** Passes on what a program writes to stderr, whole lines at a time, so that no line of another program is in one of its own. */
export class ErrorLines {
  readonly #write: (lines: Uint8Array) => void;
  #partial: Uint8Array = new Uint8Array();
  #first: Uint8Array = new Uint8Array();
  #firstEnded = false;

  constructor(write: (lines: Uint8Array) => void) {
    this.#write = write;
  }

  /** The first line, or its beginning. */
  get first(): string {
    return new TextDecoder().decode(this.#first).trim();
  }

  add(chunk: Uint8Array): void {
    this.#keepFirst(chunk);
    const end = chunk.lastIndexOf(newline) + 1;
    if (end > 0) {
      this.#write(joined([this.#partial, chunk.subarray(0, end)]));
      this.#partial = chunk.slice(end);
    } else this.#partial = joined([this.#partial, chunk]);
    if (this.#partial.length <= maxLine) return;
    this.#write(this.#partial);
    this.#partial = new Uint8Array();
  }

  /** Passes on the last line, if it has no end: with one. */
  end(): void {
    if (this.#partial.length > 0) this.#write(withNewline(this.#partial));
  }

  #keepFirst(chunk: Uint8Array): void {
    if (this.#firstEnded) return;
    const end = chunk.indexOf(newline);
    const part = end === -1 ? chunk : chunk.subarray(0, end);
    this.#first = joined([this.#first, part]).slice(0, maxFirst);
    this.#firstEnded = end !== -1 || this.#first.length === maxFirst;
  }
}

/** The same bytes with a newline at their end, unless they have one or are none. */
export function withNewline(bytes: Uint8Array): Uint8Array {
  if (bytes.length === 0 || bytes[bytes.length - 1] === newline) return bytes;
  return joined([bytes, Uint8Array.of(newline)]);
}

/** All bytes in one piece. */
export function joined(parts: readonly Uint8Array[]): Uint8Array {
  const [one, ...others] = parts.filter(({ length }) => length > 0);
  if (others.length === 0) return one ?? new Uint8Array();
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

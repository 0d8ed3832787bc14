import type { TaggedFile } from "./tagged_file.ts";

/** How a run writes values without --tag: as JSON, strings as they are, or what commands print. */
export type Untagged = "json" | "lines" | "exec";

/** Why a value cannot be written so. */
export interface UntagFault {
  readonly kind: "has-separator" | "half-surrogate";
  readonly line: number;
}

const [quote, newline] = [34, 10];
const [decoder, encoder] = [new TextDecoder(), new TextEncoder()];

/** Makes what a run without --tag writes of a tagged record; an error record is the same there. */
export class Untagger {
  readonly #as: Untagged;
  readonly #separator: "\n" | "\0";
  readonly #refuse: (fault: UntagFault) => Error;

  /** `refuse` makes the error to throw, in the words of the caller. */
  constructor(as: Untagged, separator: "\n" | "\0", refuse: (fault: UntagFault) => Error) {
    this.#as = as;
    this.#separator = separator;
    this.#refuse = refuse;
  }

  /** The record with all but its separator; undefined if nothing stands for it, not even a separator. */
  untag(
    { kind, line, bytes, valueAt }: Pick<TaggedFile, "kind" | "line" | "bytes" | "valueAt">,
  ): Uint8Array | undefined {
    if (kind === "error") return bytes;
    const value = bytes.subarray(valueAt, -1);
    if (this.#as === "json" || value[0] !== quote) return value;
    const text: string = JSON.parse(decoder.decode(value));
    if (!text.isWellFormed()) throw this.#refuse({ kind: "half-surrogate", line });
    if (this.#as === "exec") return printed(encoder.encode(text));
    if (text.includes(this.#separator)) throw this.#refuse({ kind: "has-separator", line });
    return encoder.encode(text);
  }
}

/** What a command has printed, without its last newline, as the separator is one. A command that prints nothing has no record. */
function printed(bytes: Uint8Array): Uint8Array | undefined {
  if (bytes.length === 0) return undefined;
  return bytes[bytes.length - 1] === newline ? bytes.subarray(0, -1) : bytes;
}

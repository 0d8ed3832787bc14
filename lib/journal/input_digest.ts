import type { Hash } from "node:crypto";
import type { ByteReader } from "../exec/input/byte_reader.ts";
import type { Inputs } from "../exec/input/byte_reader.ts";
import type { InputPosition } from "./entry.ts";

/** What is expected of the input, and what happens when it is as expected, or not. */
export interface Expected {
  readonly position: InputPosition;
  /** All of `position` has been read: nothing of it has been given to anybody. */
  readonly onMatch: () => void;
  /** Makes the error that is thrown instead. */
  readonly refuse: (found: string) => Error;
}

/**
 * Hashes what is read from some inputs, so that a run that goes on knows whether its input is the same. A separator counts
 * as read where an input ends without one: so it does not matter how lines are spread over files, and a last line that has
 * grown is not the same.
 */
export class InputDigest {
  readonly #separator: number;
  readonly #expected: Expected;
  readonly #hash: Hash;
  #bytes = 0;
  #lastByte: number;
  #matched = false;

  constructor(hash: Hash, separator: "\n" | "\0", expected: Expected) {
    this.#hash = hash;
    this.#separator = this.#lastByte = separator.charCodeAt(0);
    this.#expected = expected;
  }

  /** Whether what was expected has been read. */
  get matched(): boolean {
    return this.#matched;
  }

  /** How much has been read, and its digest. */
  get position(): InputPosition {
    return { bytes: this.#bytes, sha256: this.#hash.copy().digest("hex") };
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** The same inputs; reading them fails where they are not as expected. */
  watch(inputs: Inputs): Inputs {
    return {
      totalBytes: inputs.totalBytes,
      next: async () => {
        this.#add(new Uint8Array()); // nothing may be all that is expected
        const reader = await inputs.next();
        if (reader === undefined && !this.#matched) throw this.#tooShort();
        return reader && this.#watchReader(reader);
      },
    };
  }

  #watchReader(reader: ByteReader): ByteReader {
    return {
      close: () => reader.close(),
      read: async (into) => {
        const count = await reader.read(into);
        if (count !== null) this.#add(into.subarray(0, count));
        else if (this.#lastByte !== this.#separator) this.#add(Uint8Array.of(this.#separator));
        return count;
      },
    };
  }

  #add(chunk: Uint8Array): void {
    const { bytes, sha256 } = this.#expected.position;
    const rest = bytes - this.#bytes;
    if (!this.#matched && chunk.length >= rest) {
      this.#hash.update(chunk.subarray(0, rest));
      if (bytes > 0 && this.#hash.copy().digest("hex") !== sha256) throw this.#differs();
      this.#matched = true;
      this.#expected.onMatch();
      this.#hash.update(chunk.subarray(rest));
    } else this.#hash.update(chunk);
    this.#bytes += chunk.length;
    this.#lastByte = chunk.at(-1) ?? this.#lastByte;
  }

  #differs(): Error {
    const { position, refuse } = this.#expected;
    return refuse(`the input is another one: its first ${position.bytes} bytes are not those that were read before`);
  }

  #tooShort(): Error {
    const { position, refuse } = this.#expected;
    return refuse(
      `the input is shorter than it was: it has ${this.#bytes} bytes, and ${position.bytes} were read before`,
    );
  }
}

import type { Hash } from "node:crypto";
import type { ByteReader } from "../exec/input/byte_reader.ts";
import type { Inputs } from "../exec/input/byte_reader.ts";
import type { InputPosition } from "./entry.ts";

/** What the input must begin with, and what happens if it does or does not. */
export interface Expected {
  readonly position: InputPosition;
  /** Called when the input has matched up to `position`. None of it has been passed on yet. */
  readonly onMatch: () => void;
  /** Makes the error to throw if the input does not match. */
  readonly refuse: (found: string) => Error;
}

/**
 * Hashes what is read from the inputs, so that a resumed run can check that its input is the same. If an input ends without a
 * separator, one is added to the hash. So it does not matter how lines are split into files, and a last line that has grown
 * is a difference.
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

  /** Whether the input has matched up to the expected position. */
  get matched(): boolean {
    return this.#matched;
  }

  /** How much has been read, and its SHA-256. */
  get position(): InputPosition {
    return { bytes: this.#bytes, sha256: this.#hash.copy().digest("hex") };
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Wraps the inputs: reading fails if they do not match. */
  watch(inputs: Inputs): Inputs {
    return {
      totalBytes: inputs.totalBytes,
      next: async () => {
        this.#add(new Uint8Array()); // 0 bytes may be expected
        const reader = await inputs.next();
        if (reader === undefined && !this.#matched) throw this.#tooShort();
        return reader && this.#watchReader(reader);
      },
    };
  }

  #watchReader(reader: ByteReader): ByteReader {
    return {
      close: () => reader.close(),
      taken: reader.taken,
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
      const found = this.#hash.copy().digest("hex");
      if (bytes > 0 && found !== sha256) throw this.#differs(found);
      this.#matched = true;
      this.#expected.onMatch();
      this.#hash.update(chunk.subarray(rest));
    } else this.#hash.update(chunk);
    this.#bytes += chunk.length;
    this.#lastByte = chunk.at(-1) ?? this.#lastByte;
  }

  #differs(sha256: string): Error {
    const { position, refuse } = this.#expected;
    const digests = `SHA-256 ${position.sha256.slice(0, 12)}, now ${sha256.slice(0, 12)}`;
    return refuse(
      `the input has changed: its first ${position.bytes} bytes differ from those that were read before (${digests})`,
    );
  }

  #tooShort(): Error {
    const { position, refuse } = this.#expected;
    return refuse(
      `the input is too short: it has ${this.#bytes} bytes, but ${position.bytes} were read before`,
    );
  }
}

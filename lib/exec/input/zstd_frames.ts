/** What is read next, or passed over. */
type Part = "magic" | "skipped size" | "skipped" | "descriptor" | "header" | "block header" | "block" | "checksum";

const frameMagic = 0xfd2fb528;
const skippableMagic = 0x184d2a50; // and the 15 after it

/** Bytes of the field that a flag of two bits in the frame's descriptor tells the length of. */
const dictionaryBytes = [0, 1, 2, 4] as const;
const sizeBytes = [0, 2, 4, 8] as const;

/** So many blocks, of up to 128 KiB each when they are decompressed, are in a piece at most. */
const maxBlocks = 64;

/** Data that are no frames of Zstandard. */
export class NoFrame extends Error {
  constructor() {
    super("a frame should begin, and something else does");
  }
}

/**
 * Finds where the frames of Zstandard data end (RFC 8878, section 3.1). Deno's decompressor, given more than a frame at once, drops
 * what follows it, and does not tell that a frame has no end (2.9.6).
 */
export class ZstdFrames {
  #part: Part = "magic";
  /** How many bytes of the part are left, and the number that those read so far make, the lowest byte first. */
  #left = 4;
  #value = 0;
  #read = 0;
  #blocks = 0; // of the piece
  #isLastBlock = false;
  #hasChecksum = false;

  /** Whether a frame has begun and not ended. */
  get isInside(): boolean {
    return this.#part !== "magic" || this.#read > 0;
  }

  /**
   * The bytes in pieces, none of which goes on after a frame's end, or makes much more than it is.
   *
   * @throws {NoFrame} where a frame should begin
   */
  *split(bytes: Uint8Array): Generator<Uint8Array> {
    let from = 0;
    for (let at = 0; at < bytes.length;) {
      const count = Math.min(this.#left, bytes.length - at);
      for (let i = at; i < at + Math.min(count, 4); i++) this.#value += bytes[i] * 256 ** this.#read++;
      at += count;
      this.#left -= count;
      while (this.#left === 0) {
        this.#goOn();
        if (this.#part !== "magic" && this.#blocks < maxBlocks) continue;
        yield bytes.subarray(from, at);
        from = at;
        this.#blocks = 0;
      }
    }
    if (from < bytes.length) yield bytes.subarray(from);
  }

  #goOn(): void {
    const value = this.#value;
    switch (this.#part) {
      case "magic":
        if (value === frameMagic) return this.#begin("descriptor", 1);
        if (value >= skippableMagic && value < skippableMagic + 16) return this.#begin("skipped size", 4);
        throw new NoFrame();
      case "skipped size":
        return this.#begin("skipped", value);
      case "descriptor": {
        const isSingleSegment = (value >> 5 & 1) === 1; // then there is no window descriptor
        this.#hasChecksum = (value >> 2 & 1) === 1;
        const size = value >> 6 === 0 && isSingleSegment ? 1 : sizeBytes[value >> 6];
        return this.#begin("header", (isSingleSegment ? 0 : 1) + dictionaryBytes[value & 3] + size);
      }
      case "header":
        return this.#begin("block header", 3);
      case "block header": {
        this.#isLastBlock = (value & 1) === 1;
        const isRepeatedByte = (value >> 1 & 3) === 1;
        return this.#begin("block", isRepeatedByte ? 1 : value >> 3);
      }
      case "block":
        this.#blocks++;
        if (!this.#isLastBlock) return this.#begin("block header", 3);
        return this.#hasChecksum ? this.#begin("checksum", 4) : this.#begin("magic", 4);
      case "skipped":
      case "checksum":
        return this.#begin("magic", 4);
      default:
        return this.#part satisfies never;
    }
  }

  #begin(part: Part, bytes: number): void {
    this.#part = part;
    this.#left = bytes;
    this.#value = this.#read = 0;
  }
}

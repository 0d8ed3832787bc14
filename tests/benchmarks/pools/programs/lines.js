// @ts-check
import { createReadStream } from "node:fs";
import process from "node:process";

/**
 * The lines of a file, as many at once as one read brings, so that a line costs no promise.
 * @param {import("node:stream").Readable} stream
 * @returns {AsyncGenerator<string[]>}
 */
export async function* linesOf(stream) {
  let rest = "";
  stream.setEncoding("utf8");
  for await (const text of stream) {
    const end = text.lastIndexOf("\n");
    if (end < 0) rest += text;
    else {
      yield (rest + text.slice(0, end)).split("\n");
      rest = text.slice(end + 1);
    }
  }
  if (rest !== "") yield [rest];
}

/**
 * @param {string} path
 * @returns {AsyncGenerator<string[]>}
 */
export function linesOfFile(path) {
  return linesOf(createReadStream(path, { highWaterMark: 2 ** 20 }));
}

/**
 * Writes to stdout and waits until it is written.
 * @param {string} text
 * @returns {Promise<void>}
 */
export function write(text) {
  return new Promise((resolve, reject) => process.stdout.write(text, (error) => error ? reject(error) : resolve()));
}

/** Gathers texts, a line or more each, in the order of their indices, and writes them in pieces of 64 Ki characters. */
export class OrderedWriter {
  /** @type {Map<number, string>} */
  #early = new Map();
  #next = 0;
  #text = "";

  /**
   * @param {number} index
   * @param {string} text
   */
  put(index, text) {
    if (index !== this.#next) {
      this.#early.set(index, text);
      return;
    }
    this.#text += `${text}\n`;
    this.#next++;
    if (this.#early.size > 0) this.#takeEarly();
  }

  #takeEarly() {
    for (let text; (text = this.#early.get(this.#next)) !== undefined; this.#next++) {
      this.#early.delete(this.#next);
      this.#text += `${text}\n`;
    }
  }

  /** @param {number} [least] characters that are worth a write */
  async flush(least = 2 ** 16) {
    if (this.#text.length < least) return;
    const text = this.#text;
    this.#text = "";
    await write(text);
  }
}

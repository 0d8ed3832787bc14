import { printable, printableJson } from "../../report/printable.ts";
import type { Output } from "../terminal/output.ts";

/** Records are gathered up to this many bytes and written together. */
const chunkBytes = 512 * 1024;

const [decoder, encoder] = [new TextDecoder("utf-8", { ignoreBOM: true }), new TextEncoder()];

/** Writes records, many at a time. On a terminal their text cannot do anything to it. */
export class RecordOutput {
  readonly #stdout: Output;
  readonly #separator: Uint8Array;
  readonly #chunk = new Uint8Array(chunkBytes);
  #length = 0;

  constructor(stdout: Output, separator: "\n" | "\0") {
    this.#stdout = stdout;
    this.#separator = encoder.encode(separator);
  }

  /** Takes a record without its separator; it may be used again when this settles. */
  add(record: Uint8Array, isJson: boolean): void | Promise<void> {
    const { terminal } = this.#stdout.style;
    const bytes = terminal ? encoder.encode((isJson ? printableJson : printable)(decoder.decode(record))) : record;
    if (terminal || this.#length + bytes.length + 1 > chunkBytes) return this.#addSlowly(bytes);
    this.#keep(bytes);
  }

  async flush(): Promise<void> {
    const bytes = this.#chunk.subarray(0, this.#length);
    this.#length = 0;
    if (bytes.length > 0) await this.#stdout.writeBytes(bytes);
  }

  /** What does not fit is written; on a terminal each record is, as the user looks at it. */
  async #addSlowly(bytes: Uint8Array): Promise<void> {
    await this.flush();
    if (bytes.length < chunkBytes) this.#keep(bytes);
    else {
      await this.#stdout.writeBytes(bytes);
      await this.#stdout.writeBytes(this.#separator);
    }
    if (this.#stdout.style.terminal) await this.flush();
  }

  #keep(bytes: Uint8Array): void {
    this.#chunk.set(bytes, this.#length);
    this.#chunk.set(this.#separator, this.#length + bytes.length);
    this.#length += bytes.length + 1;
  }
}

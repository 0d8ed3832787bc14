import type { Clock } from "../../clock.ts";
import { OutputError } from "../../errors.ts";

/** What is written of a file: `Deno.FsFile`, or less. */
export interface TextFile {
  write(bytes: Uint8Array): Promise<number>;
  close(): void;
}

/** What has come in this time, in milliseconds, is written together. */
const gatherMs = 100;

/** So much text is made bytes, and written at once, in UTF-16 units. As text its pieces would take several times as much memory. */
const largeText = 64 * 1024;

/** Whoever makes text waits when there are so many bytes more. */
const maxBytes = 1024 * 1024;

const encoder = new TextEncoder();

/**
 * Writes text to a file by itself, and beside what makes it; `room` is to be awaited from time to time, or a slow file would fill the
 * memory.
 */
export class FileWriter {
  readonly #path: string;
  readonly #file: TextFile;
  readonly #clock: Clock;
  readonly #onFailure: (error: OutputError) => void;
  #text = "";
  /** Text that came before. */
  #chunks: Uint8Array<ArrayBuffer>[] = [];
  #bytes = 0;
  #writing: Promise<void> | undefined;
  #hurry = () => {};
  #ended = false;
  /** The file could not be written. */
  failed = false;

  /** `onFailure` is called once if the file cannot be written: nothing more is written then. */
  constructor(path: string, file: TextFile, clock: Clock, onFailure: (error: OutputError) => void) {
    this.#path = path;
    this.#file = file;
    this.#clock = clock;
    this.#onFailure = onFailure;
  }

  add(text: string): void {
    if (this.failed) return;
    this.#text += text;
    if (this.#text.length > largeText) {
      this.#encode();
      this.#hurry();
    }
    this.#writing ??= this.#write();
  }

  /** Resolves when there is room for more. */
  async room(): Promise<void> {
    while (this.#writing !== undefined && this.#bytes > maxBytes) await this.#writing;
  }

  /** Writes what is left, and closes the file. */
  async end(): Promise<void> {
    this.#ended = true;
    this.#hurry();
    while (this.#writing !== undefined) await this.#writing;
    this.#file.close();
  }

  /** Writes what there is, after a while in which more may come. */
  async #write(): Promise<void> {
    if (this.#chunks.length === 0 && !this.#ended) await this.#gather();
    const bytes = this.#take();
    try {
      for (let from = 0; from < bytes.length;) from += await this.#file.write(bytes.subarray(from));
    } catch (error) {
      this.failed = true;
      this.#take();
      this.#onFailure(new OutputError(this.#path, error));
    }
    this.#writing = this.#text === "" && this.#bytes === 0 ? undefined : this.#write();
  }

  #encode(): void {
    if (this.#text === "") return;
    const bytes = encoder.encode(this.#text);
    this.#text = "";
    this.#chunks.push(bytes);
    this.#bytes += bytes.length;
  }

  /** Takes all that has come. */
  #take(): Uint8Array {
    this.#encode();
    const bytes = new Uint8Array(this.#bytes);
    let at = 0;
    for (const chunk of this.#chunks) {
      bytes.set(chunk, at);
      at += chunk.length;
    }
    this.#chunks = [];
    this.#bytes = 0;
    return bytes;
  }

  async #gather(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const wait = this.#clock.wait(gatherMs);
    this.#hurry = resolve;
    await Promise.race([wait.done, promise]);
    this.#hurry = () => {};
    wait.cancel();
  }
}

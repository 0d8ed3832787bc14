import type { Delivery } from "../../exec/pool/delivery.ts";
import type { Format } from "../../exec/wire/protocol.ts";
import type { Counts } from "../../model/result.ts";
import { printable, printableJson } from "../../report/printable.ts";
import type { Output } from "../terminal/output.ts";

/** What has been written so far. */
export interface Written {
  ok: number;
  failed: number;
  bytes: number;
}

/** What ends a run early because items fail. */
export interface FailureStop {
  readonly how: "failed-fast" | "too-many-failures";
  isReached(counts: Counts): boolean;
}

/** Where records go. */
export interface RecordWriterOptions {
  readonly stdout: Output;
  readonly stderr: Output;
  readonly format: Format;
  /** Error records go to stdout too, in their place. */
  readonly inline: boolean;
  /** Nothing is written that comes after the item that reaches it. */
  readonly failureStop?: FailureStop;
  /** Awaited before something goes to stderr, or to a terminal. */
  readonly makeRoom: () => Promise<void>;
  /** Counts what is written, for those who look at it meanwhile. */
  readonly written: Written;
}

/** Records shorter than this are written together. */
const gatherBytes = 512 * 1024;

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** Writes the records of deliveries, and counts what they say. On a terminal their text cannot do anything to it. */
export class RecordWriter {
  readonly written: Written;
  readonly #options: RecordWriterOptions;
  readonly #gathered = new Uint8Array(gatherBytes);
  #length = 0;

  constructor(options: RecordWriterOptions) {
    this.#options = options;
    this.written = options.written;
  }

  /** Resolves to those of them that are written, when they are. */
  async write(deliveries: readonly Delivery[]): Promise<readonly Delivery[]> {
    const { stdout, stderr, inline, failureStop, makeRoom, format: { tag, output } } = this.#options;
    let count = 0;
    for (const { kind, items, bytes } of deliveries) {
      count++;
      if (kind === "ok" || kind === "end") this.written.ok += items;
      if (kind === "error") this.written.failed += items;
      if (kind === "error" && !inline) {
        await makeRoom();
        await stderr.writeBytes(stderr.style.terminal ? this.#escape(bytes, printableJson) : bytes);
      } else if (stdout.style.terminal) {
        await makeRoom();
        const isJson = kind === "error" || tag || output === "json";
        await this.#add(this.#escape(bytes, isJson ? printableJson : printable));
      } else await this.#add(bytes);
      if (kind !== "value" && failureStop?.isReached(this.written)) break;
    }
    await this.#flush();
    return count < deliveries.length ? deliveries.slice(0, count) : deliveries;
  }

  /** Whole records, as they may be on a terminal; what separates them stays. */
  #escape(bytes: Uint8Array, escape: (text: string) => string): Uint8Array {
    const { separator } = this.#options.format;
    return encoder.encode(decoder.decode(bytes).split(separator).map(escape).join(separator));
  }

  async #add(bytes: Uint8Array): Promise<void> {
    if (this.#length + bytes.length > gatherBytes) await this.#flush();
    if (bytes.length > gatherBytes / 2) {
      this.written.bytes += bytes.length;
      await this.#flush();
      return await this.#options.stdout.writeBytes(bytes);
    }
    this.#gathered.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  async #flush(): Promise<void> {
    if (this.#length === 0) return;
    const bytes = this.#gathered.subarray(0, this.#length);
    this.written.bytes += this.#length;
    this.#length = 0;
    await this.#options.stdout.writeBytes(bytes);
  }
}

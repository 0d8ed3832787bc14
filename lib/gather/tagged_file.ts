import type { ByteReader } from "../exec/input/byte_reader.ts";
import { beginsRecord, headBytes, readHead, type RecordHead } from "./record_head.ts";

/** Why a file is not the output of an ordered `run --tag`. `record` counts its records from 1. */
export type RecordFault =
  & { readonly record: number }
  & (
    | { readonly kind: "not-tagged"; readonly start: Uint8Array }
    /** The file ends within the record. */
    | { readonly kind: "cut-off" }
    | { readonly kind: "out-of-order"; readonly line: number; readonly after: number }
  );

/** What every record ends with: `}`. */
const closing = 125;

const chunkBytes = 64 * 1024;

/** The records of a file, one at a time. It keeps a chunk of it and, while it is read, the longest record. */
export class TaggedFile {
  /** Of the current record: its line, what it says, its bytes without the separator, and where in them its value begins. */
  line = 0;
  kind: "value" | "error" = "value";
  bytes: Uint8Array = new Uint8Array();
  valueAt = 0;
  /** Its place among the files. */
  readonly index: number;
  readonly #reader: ByteReader;
  readonly #separator: number;
  readonly #refuse: (fault: RecordFault) => Error;
  #buffer = new Uint8Array(chunkBytes);
  /** What has been read and not taken is at `from` .. `until`; there is no separator before `scanned`. */
  #from = 0;
  #scanned = 0;
  #until = 0;
  #records = 0;

  /** `refuse` makes the error to throw, in the words of the caller. */
  constructor(
    index: number,
    reader: ByteReader,
    separator: "\n" | "\0",
    refuse: (fault: RecordFault) => Error,
  ) {
    this.index = index;
    this.#reader = reader;
    this.#separator = separator.charCodeAt(0);
    this.#refuse = refuse;
  }

  /** Goes on to the next record, which takes the place of the current one and its bytes; false at the end of the file. */
  advance(): boolean | Promise<boolean> {
    return this.#takeNext() || this.#readNext();
  }

  close(): void {
    this.#reader.close();
  }

  async #readNext(): Promise<boolean> {
    while (true) {
      this.#makeRoom();
      const count = await this.#reader.read(this.#buffer.subarray(this.#until));
      if (count === null) return this.#takeLast();
      this.#until += count;
      if (this.#takeNext()) return true;
      if (this.#until >= headBytes) this.#headOf(this.#until); // a file of something else has no end in sight
    }
  }

  #makeRoom(): void {
    if (this.#from > 0) {
      this.#buffer.copyWithin(0, this.#from, this.#until);
      this.#until -= this.#from;
      this.#scanned -= this.#from;
      this.#from = 0;
    }
    if (this.#until < this.#buffer.length) return;
    const longer = new Uint8Array(2 * this.#buffer.length);
    longer.set(this.#buffer);
    this.#buffer = longer;
  }

  #takeNext(): boolean {
    const end = this.#buffer.indexOf(this.#separator, this.#scanned);
    if (end === -1 || end >= this.#until) {
      this.#scanned = this.#until;
      return false;
    }
    this.#take(end);
    this.#from = this.#scanned = end + 1;
    return true;
  }

  /** The end of the file: its last record may lack its separator, but no more. */
  #takeLast(): boolean {
    if (this.#from === this.#until) return false;
    const bytes = this.#buffer.subarray(this.#from, this.#until);
    if (!isJson(bytes)) {
      throw this.#refuse(
        beginsRecord(bytes) ? { kind: "cut-off", record: this.#records + 1 } : this.#notTagged(this.#until),
      );
    }
    this.#take(this.#until);
    this.#from = this.#scanned = this.#until;
    return true;
  }

  #take(end: number): void {
    const { line, kind, valueAt } = this.#headOf(end);
    if (this.#buffer[end - 1] !== closing) throw this.#refuse(this.#notTagged(end));
    this.#records++;
    if (line < this.line) {
      throw this.#refuse({ kind: "out-of-order", record: this.#records, line, after: this.line });
    }
    [this.line, this.kind, this.valueAt] = [line, kind, valueAt - this.#from];
    this.bytes = this.#buffer.subarray(this.#from, end);
  }

  #headOf(end: number): RecordHead {
    const head = readHead(this.#buffer, this.#from, end);
    if (head === undefined) throw this.#refuse(this.#notTagged(end));
    return head;
  }

  #notTagged(end: number): RecordFault {
    const start = this.#buffer.slice(this.#from, Math.min(end, this.#from + headBytes));
    return { kind: "not-tagged", record: this.#records + 1, start };
  }
}

function isJson(bytes: Uint8Array): boolean {
  try {
    JSON.parse(new TextDecoder().decode(bytes));
    return true;
  } catch {
    return false;
  }
}

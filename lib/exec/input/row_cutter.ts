import { messageOf } from "../../errors.ts";
import type { Line } from "../wire/numbers.ts";
import { delimiters, fieldsOf, type RowFormat, rowHead } from "../wire/rows.ts";
import type { BlockStore } from "./block_store.ts";
import { ByteOrderMark } from "./byte_order_mark.ts";
import type { ItemCutter, ItemOptions, RefuseInput } from "./item_cutter.ts";
import { ItemSelection } from "./item_selection.ts";
import { KeptBytes } from "./kept_bytes.ts";

/** How rows are cut, and which rows become items. */
export interface RowOptions extends ItemOptions {
  readonly format: RowFormat;
  /** The names of the columns, as a row of CSV: the inputs have no header. */
  readonly header?: string;
  readonly refuse: RefuseInput;
}

const [newline, carriageReturn, quote] = [10, 13, 34];

/** Where in a row the next byte stands: at the start of a field, in a field, in a quoted one, or after a quote in a quoted one. */
const place = { start: 0, plain: 1, quoted: 2, quote: 3 } as const;

const [decoder, encoder] = [new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }), new TextEncoder()];

/**
 * Cuts chunks of bytes into rows of CSV or TSV. The first row of each input is its header, unless one is given; each other row is an
 * item: the head that rowHead makes of the header, and the bytes of the row. A slot makes an object of it. An empty line is blank, and no row.
 */
export class RowCutter implements ItemCutter {
  readonly selection: ItemSelection;
  readonly #options: RowOptions;
  readonly #mark = new ByteOrderMark();
  readonly #kept: KeptBytes;
  readonly #delimiter: number;
  #place: typeof place[keyof typeof place] = place.start;
  readonly #givenHead: Uint8Array | undefined;
  #head: Uint8Array | undefined;
  #input: number | undefined;
  /** The line of the input that the next byte stands in, of the row that it stands in, and of the input's start. */
  #line = 1;
  #rowLine = 1;
  #inputLine = 1;
  #blank = 0;
  #endsInLine = false;

  constructor(options: RowOptions) {
    this.#options = options;
    this.selection = new ItemSelection(options);
    this.#kept = new KeptBytes(options.maxLine + 1); // its last byte may be a carriage return
    this.#delimiter = delimiters[options.format].delimiter.charCodeAt(0);
    const { header } = options;
    this.#givenHead = header === undefined ? undefined : this.#headOf(encoder.encode(header), "csv");
  }

  get lines(): number {
    return this.#line - 1;
  }

  get blank(): number {
    return this.#blank;
  }

  startInput(): void {
    this.#mark.startInput();
    this.#head = this.#givenHead;
    this.#input = (this.#input ?? -1) + 1;
    this.#rowLine = this.#inputLine = this.#line;
    this.#endsInLine = false;
  }

  cut(chunk: Uint8Array, blocks: BlockStore): void {
    for (const part of this.#mark.skip(chunk)) this.#cut(part, blocks);
  }

  /** Ends the input, and with it the last row, even without a newline. */
  endInput(blocks: BlockStore): void {
    this.#cut(this.#mark.endInput(), blocks);
    if (this.#endsInLine) this.#line++;
    if (!this.#kept.isEmpty) this.#endKept(blocks);
    this.#place = place.start;
  }

  #cut(chunk: Uint8Array, blocks: BlockStore): void {
    if (chunk.length === 0) return;
    this.#endsInLine = chunk[chunk.length - 1] !== newline;
    for (let from = 0; from < chunk.length;) {
      const end = this.#endOfRow(chunk, from);
      if (end === chunk.length) return this.#kept.add(chunk, from, end);
      if (this.#kept.isEmpty) this.#endRow(chunk, from, end, blocks);
      else {
        this.#kept.add(chunk, from, end);
        this.#endKept(blocks);
      }
      from = end + 1;
    }
  }

  /** The position of the newline that ends the row; the chunk's length if there is none. */
  #endOfRow(chunk: Uint8Array, from: number): number {
    const delimiter = this.#delimiter;
    let at = this.#place;
    for (let i = from; i < chunk.length; i++) {
      const byte = chunk[i];
      if (byte === newline) {
        this.#line++;
        if (at === place.quoted) continue;
        this.#place = place.start;
        return i;
      }
      if (at === place.quoted) {
        if (byte === quote) at = place.quote;
      } else if (byte === delimiter) at = place.start;
      else if (byte === quote && at !== place.plain) at = place.quoted;
      else at = place.plain;
    }
    this.#place = at;
    return chunk.length;
  }

  #endKept(blocks: BlockStore): void {
    const { bytes, isTooLong } = this.#kept;
    if (isTooLong) this.#endTooLong(blocks);
    else this.#endRow(bytes, 0, bytes.length, blocks);
    this.#kept.clear();
  }

  #endRow(bytes: Uint8Array, from: number, newlineAt: number, blocks: BlockStore): void {
    const end = newlineAt > from && bytes[newlineAt - 1] === carriageReturn ? newlineAt - 1 : newlineAt;
    if (from === end) {
      this.#blank++;
      this.#rowLine = this.#line;
      return;
    }
    if (end - from > this.#options.maxLine) return this.#endTooLong(blocks);
    const head = this.#head;
    if (head === undefined) this.#head = this.#headOf(bytes.subarray(from, end), this.#options.format);
    else if (this.selection.takesNext()) {
      const held = blocks.blockFor(head.length + end - from, this.#rowLine as Line);
      const start = held.bytesUsed;
      held.bytesUsed += head.length + end - from;
      held.block.bytes.set(head, start);
      held.block.bytes.set(bytes.subarray(from, end), start + head.length);
      blocks.add(held, start, held.bytesUsed, this.#rowLine as Line);
    }
    this.#rowLine = this.#line;
  }

  #endTooLong(blocks: BlockStore): void {
    const { maxLine, refuse } = this.#options;
    if (this.#head === undefined) throw refuse({ kind: "header-too-long", maxLine, ...this.#at });
    if (this.selection.takesNext()) blocks.appendTooLong(this.#rowLine as Line);
    this.#rowLine = this.#line;
  }

  #headOf(header: Uint8Array, format: RowFormat): Uint8Array {
    const { refuse } = this.#options;
    const seen = new Set<string>();
    for (const name of this.#namesOf(header, format)) {
      if (name === "") throw refuse({ kind: "name-missing", column: seen.size + 1, ...this.#at });
      if (seen.has(name)) throw refuse({ kind: "name-twice", name, ...this.#at });
      seen.add(name);
    }
    return encoder.encode(rowHead([...seen]));
  }

  #namesOf(header: Uint8Array, format: RowFormat): readonly string[] {
    try {
      return fieldsOf(decoder.decode(header), format);
    } catch (error) {
      const found = error instanceof TypeError ? "not UTF-8" : messageOf(error);
      throw this.#options.refuse({ kind: "header-malformed", found, ...this.#at });
    }
  }

  get #at(): { readonly input: number | undefined; readonly line: number } {
    return { input: this.#input, line: this.#rowLine - this.#inputLine + 1 };
  }
}

import type { Line } from "../wire/numbers.ts";
import type { BlockStore } from "./block_store.ts";
import { ByteOrderMark } from "./byte_order_mark.ts";
import type { ItemCutter, ItemOptions, RefuseInput } from "./item_cutter.ts";
import { ItemSelection } from "./item_selection.ts";
import { KeptBytes } from "./kept_bytes.ts";

/** How elements are cut, and which elements become items. */
export interface ElementOptions extends ItemOptions {
  readonly refuse: RefuseInput;
}

const [tab, newline, carriageReturn, space, quote, comma] = [9, 10, 13, 32, 34, 44];
const [opens, backslash, closes, opensObject, closesObject] = [91, 92, 93, 123, 125];

/** The white space of JSON. */
function isSpace(byte: number): boolean {
  return byte === space || byte === newline || byte === carriageReturn || byte === tab;
}

/**
 * Cuts inputs that each hold one JSON array: each element is an item. It looks at brackets, commas and strings alone: what is
 * wrong in an element is found where it is parsed, and is that item's error.
 */
export class ElementCutter implements ItemCutter {
  readonly selection: ItemSelection;
  readonly #options: ElementOptions;
  readonly #mark = new ByteOrderMark();
  readonly #kept: KeptBytes;
  #where: "before" | "inside" | "after" = "before";
  /** Elements of this input that have ended. */
  #ended = 0;
  /** Whether the element has begun, in which line, and how many brackets of it are open. */
  #begun = false;
  #elementLine = 1;
  #depth = 0;
  #inString = false;
  #escaped = false;
  #input = -1;
  #line = 1;
  #inputLine = 1;
  #endsInLine = false;

  constructor(options: ElementOptions) {
    this.#options = options;
    this.selection = new ItemSelection(options);
    this.#kept = new KeptBytes(options.maxLine);
  }

  get lines(): number {
    return this.#line - 1;
  }

  get blank(): number {
    return 0;
  }

  startInput(): void {
    this.#mark.startInput();
    this.#where = "before";
    this.#ended = 0;
    this.#input++;
    this.#inputLine = this.#line;
    this.#endsInLine = false;
  }

  cut(chunk: Uint8Array, blocks: BlockStore): void {
    for (const part of this.#mark.skip(chunk)) this.#cut(part, blocks);
  }

  endInput(blocks: BlockStore): void {
    this.#cut(this.#mark.endInput(), blocks);
    const { refuse } = this.#options;
    if (this.#where === "before") throw refuse({ kind: "no-array", ...this.#at });
    if (this.#where === "inside") {
      const element = this.#begun ? this.#elementLine - this.#inputLine + 1 : undefined;
      throw refuse({ kind: "array-breaks-off", element, ...this.#at });
    }
    if (this.#endsInLine) this.#line++;
  }

  #cut(chunk: Uint8Array, blocks: BlockStore): void {
    if (chunk.length === 0) return;
    this.#endsInLine = chunk[chunk.length - 1] !== newline;
    for (let from = 0; from < chunk.length;) {
      from = this.#where === "inside" ? this.#cutElement(chunk, from, blocks) : this.#cutAround(chunk[from], from);
    }
  }

  /** Takes a byte before or after the array; returns where the next one is. */
  #cutAround(byte: number, from: number): number {
    if (byte === newline) this.#line++;
    if (isSpace(byte)) return from + 1;
    const { refuse } = this.#options;
    if (this.#where === "after") throw refuse({ kind: "after-array", ...this.#at });
    if (byte !== opens) throw refuse({ kind: "no-array", byte, ...this.#at });
    this.#where = "inside";
    return from + 1;
  }

  /** Cuts an element, or the part of it that is in the chunk; returns where the next one begins. */
  #cutElement(chunk: Uint8Array, at: number, blocks: BlockStore): number {
    const from = this.#begun ? at : this.#startOfElement(chunk, at);
    const end = this.#endOfElement(chunk, from);
    if (end === chunk.length) {
      this.#kept.add(chunk, from, end);
      return end;
    }
    const isLast = chunk[end] === closes;
    if (this.#begun || !isLast || this.#ended > 0) this.#endElement(chunk, from, end, blocks);
    if (isLast) this.#where = "after";
    return end + 1;
  }

  #startOfElement(chunk: Uint8Array, at: number): number {
    let from = at;
    while (from < chunk.length && isSpace(chunk[from])) {
      if (chunk[from] === newline) this.#line++;
      from++;
    }
    this.#elementLine = this.#line;
    this.#begun = from < chunk.length && chunk[from] !== comma && chunk[from] !== closes;
    return from;
  }

  /** The position of the comma or bracket that ends the element; the chunk's length if there is none. */
  #endOfElement(chunk: Uint8Array, from: number): number {
    let depth = this.#depth;
    let inString = this.#inString;
    let escaped = this.#escaped;
    let i = from;
    for (; i < chunk.length; i++) {
      const byte = chunk[i];
      if (byte === newline) this.#line++;
      if (inString) {
        if (escaped) escaped = false;
        else if (byte === backslash) escaped = true;
        else if (byte === quote) inString = false;
      } else if (byte === quote) inString = true;
      else if (byte === opens || byte === opensObject) depth++;
      else if (depth === 0) {
        if (byte === comma || byte === closes) break;
      } else if (byte === closes || byte === closesObject) depth--;
    }
    this.#depth = depth;
    this.#inString = inString;
    this.#escaped = escaped;
    return i;
  }

  #endElement(chunk: Uint8Array, from: number, end: number, blocks: BlockStore): void {
    const line = this.#elementLine as Line;
    this.#ended++;
    this.#begun = false;
    if (this.selection.takesNext()) {
      if (!this.#kept.isEmpty) this.#kept.add(chunk, from, end);
      const bytes = this.#kept.isEmpty ? chunk.subarray(from, end) : this.#kept.bytes;
      if (this.#kept.isTooLong || bytes.length > this.#options.maxLine) blocks.appendTooLong(line);
      else blocks.append(withoutSpace(bytes), line);
    }
    this.#kept.clear();
  }

  get #at(): { readonly input: number; readonly line: number } {
    return { input: this.#input, line: this.#line - this.#inputLine + 1 };
  }
}

/** Bytes without the white space at their end. */
function withoutSpace(bytes: Uint8Array): Uint8Array {
  let end = bytes.length;
  while (end > 0 && isSpace(bytes[end - 1])) end--;
  return bytes.subarray(0, end);
}

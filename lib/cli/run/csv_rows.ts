import type { Delivery } from "../../exec/pool/delivery.ts";
import { errorRecord } from "../../exec/wire/error_record.ts";
import type { ItemError } from "../../model/item.ts";

/** A result, and the line of its item. */
interface Tagged {
  readonly line: number;
  readonly value: unknown;
}

type Row = Readonly<Record<string, unknown>>;

const [decoder, encoder] = [new TextDecoder("utf-8", { ignoreBOM: true }), new TextEncoder()];

/**
 * Makes rows of CSV (RFC 4180, but lines end with a newline alone) of results that are objects. The first one names the columns. A
 * later one may lack some, and its fields are empty then; one with a name that is no column is an error record, because its value
 * would be lost. So does Python's csv.DictWriter.
 */
export class CsvRows {
  readonly #tag: boolean;
  /** Generators whose value was no row, and that have not ended: that error was their end. */
  readonly #failed = new Set<number>();
  #columns: readonly string[] | undefined;

  /** `tag`: the first column is the line. */
  constructor(tag: boolean) {
    this.#tag = tag;
  }

  /** The same deliveries with rows instead of tagged JSON. */
  write(deliveries: readonly Delivery[]): readonly Delivery[] {
    return deliveries.flatMap((delivery) => {
      const { kind, first, items, bytes } = delivery;
      if (kind === "ok" || kind === "value") return [...this.#rows(delivery, decoder.decode(bytes))];
      let ended = items;
      for (let item = first; item < first + items; item++) if (this.#failed.delete(item)) ended--;
      return ended === items ? [delivery] : [{ ...delivery, items: ended }];
    });
  }

  *#rows({ kind, first }: Delivery, records: string): Generator<Delivery> {
    let item = first;
    let [rows, count] = ["", 0];
    const of = () => kind === "ok" ? { first: item - count, items: count } : { first, items: 1 };
    const gathered = (): Delivery => ({ kind, ...of(), bytes: encoder.encode(rows) });
    for (const record of records.split("\n")) {
      if (record === "") continue; // after the last newline
      const { line, value } = JSON.parse(record) as Tagged;
      const found = this.#row(line, value);
      if (found.kind === "row") {
        rows += found.text;
        count++;
      } else {
        if (count > 0) yield gathered();
        [rows, count] = ["", 0];
        const error = { name: "TypeError", message: found.found, code: "result-not-row" } as const;
        yield { kind: "error", first: item, items: this.#fails(kind, item), bytes: recordOf(line, error) };
      }
      if (kind === "ok") item++;
    }
    if (count > 0) yield gathered();
  }

  /** How many items have failed by that: a generator whose values are no rows fails once. */
  #fails(kind: Delivery["kind"], item: number): number {
    if (kind === "ok") return 1;
    const before = this.#failed.size;
    this.#failed.add(item);
    return this.#failed.size - before;
  }

  /** The row of a value, below the header if it is the first; or why it is none. */
  #row(line: number, value: unknown): { readonly kind: "row"; readonly text: string } | {
    readonly kind: "none";
    readonly found: string;
  } {
    if (!isObject(value)) {
      return { kind: "none", found: `the result is ${nameOf(value)}; for a row of CSV return an object` };
    }
    const names = Object.keys(value);
    if (names.length === 0) return { kind: "none", found: "the result is an object without keys, so there is no row" };
    if (this.#tag && names.includes("line")) {
      return { kind: "none", found: 'the result has the key "line", which --tag adds; name it otherwise' };
    }
    const row: Row = this.#tag ? { line, ...value } : value;
    const columns = this.#columns;
    if (columns === undefined) {
      this.#columns = Object.keys(row);
      return { kind: "row", text: lineOf(this.#columns) + lineOf(this.#columns.map((name) => row[name])) };
    }
    const other = names.find((name) => !columns.includes(name));
    if (other !== undefined) {
      const found = `the result has the key ${
        JSON.stringify(other)
      }, but the first result, which named the columns, had not`;
      return { kind: "none", found };
    }
    return { kind: "row", text: lineOf(columns.map((name) => Object.hasOwn(row, name) ? row[name] : null)) };
  }
}

function recordOf(line: number, error: ItemError): Uint8Array {
  return encoder.encode(errorRecord(line, error, "\n"));
}

function isObject(value: unknown): value is Row {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function nameOf(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "an array" : `a ${typeof value}`;
}

/** A row. One empty field is quoted, as an empty line would be no row. */
function lineOf(values: readonly unknown[]): string {
  const fields = values.map(fieldOf);
  return `${fields.length === 1 && fields[0] === "" ? '""' : fields.join(",")}\n`;
}

function fieldOf(value: unknown): string {
  const text = typeof value === "string" ? value : value === null ? "" : JSON.stringify(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

import {
  charCodeAt,
  defineProperty,
  objectPrototype,
  parse,
  push,
  stringify,
  substring,
  textIncludes,
  textIndexOf,
  textStartsWith,
} from "../../natives.ts";
import { CodedError } from "./error_record.ts";

/** What stands between the fields of a row, and what the format is called in errors. */
export const delimiters = {
  csv: { delimiter: ",", called: "CSV" },
  tsv: { delimiter: "\t", called: "TSV" },
} as const;

export type RowFormat = keyof typeof delimiters;

const quote = 34;

/**
 * The fields of a row by RFC 4180, section 2, without the newline at its end: a field that begins with a quote ends with one,
 * and has two for each that it holds; other fields have none. TSV is the same with tabs, as spreadsheets write it.
 *
 * @throws {CodedError} it is not such a row
 */
export function fieldsOf(row: string, format: RowFormat): string[] {
  const { delimiter } = delimiters[format];
  const fields: string[] = [];
  const mayQuote = textIncludes(row, '"');
  let from = 0;
  while (true) {
    let field: string;
    let end: number;
    if (mayQuote && charCodeAt(row, from) === quote) {
      field = "";
      for (let start = from + 1;; start = end + 1) {
        const at = textIndexOf(row, '"', start);
        if (at === -1) throw malformed(format, `the quote of field ${fields.length + 1} is not closed`);
        field += substring(row, start, at);
        end = at + 1;
        if (charCodeAt(row, end) !== quote) break;
        field += '"'; // of two quotes
      }
      if (end < row.length && charCodeAt(row, end) !== charCodeAt(delimiter, 0)) {
        throw malformed(format, `field ${fields.length + 1} goes on after its closing quote`);
      }
    } else {
      end = textIndexOf(row, delimiter, from);
      if (end === -1) end = row.length;
      field = substring(row, from, end);
      if (mayQuote && textIncludes(field, '"')) {
        throw malformed(format, `field ${fields.length + 1} has a quote in it, so it must be quoted itself`);
      }
    }
    push(fields, field);
    if (end === row.length) return fields;
    from = end + 1;
  }
}

function malformed(format: RowFormat, found: string): CodedError {
  return new CodedError("SyntaxError", `not ${delimiters[format].called}: ${found}`, "not-csv");
}

/**
 * What stands before each row in an item's bytes: the names of its fields. So an item says all that its slot must know, wherever
 * and however often it runs.
 */
export function rowHead(names: readonly string[]): string {
  return `${stringify(names)}\n`;
}

/** Makes an object of an item: its head and its row. */
export type ReadRow = (item: string) => Readonly<Record<string, string>>;

/** Reads rows. Nearly all have the head of the one before: it is parsed once. */
export function rowReader(format: RowFormat): ReadRow {
  let head = "";
  let names: readonly string[] = [];
  let inherited: boolean[] = [];
  return (item) => {
    if (head === "" || !textStartsWith(item, head)) {
      head = substring(item, 0, textIndexOf(item, "\n") + 1);
      names = parse(head) as string[];
      inherited = [];
      for (let i = 0; i < names.length; i++) push(inherited, names[i] in objectPrototype);
    }
    const fields = fieldsOf(substring(item, head.length), format);
    if (fields.length !== names.length) {
      const has = fields.length === 1 ? "1 field" : `${fields.length} fields`;
      throw malformed(format, `the row has ${has}, the header has ${names.length}`);
    }
    const row: Record<string, string> = {};
    for (let i = 0; i < names.length; i++) {
      if (inherited[i]) { // __proto__ would be the prototype, and others may be frozen
        defineProperty(row, names[i], { value: fields[i], writable: true, enumerable: true, configurable: true });
      } else row[names[i]] = fields[i];
    }
    return row;
  };
}

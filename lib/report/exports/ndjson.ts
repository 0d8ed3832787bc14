import type { AnyDocument } from "../../model/document.ts";
import { printableJson } from "../printable.ts";
import { cellsOf } from "./documents.ts";

/** The rows of documents as lines of JSON (ndjson.org): objects as the documents have them. Those of claims are what --ndjson prints. */
export function ndjson(documents: readonly AnyDocument[]): string {
  return documents.flatMap(rowsOf).map((row) => `${printableJson(JSON.stringify(row))}\n`).join("");
}

function rowsOf(document: AnyDocument): readonly object[] {
  switch (document.command) {
    case "claims":
      return document.result.claims;
    case "compare":
      return cellsOf(document).map(({ part, cell, runtime }) => ({ part, ...cell, runtime })); // JSON leaves out what is undefined
    case "scale":
      return document.result.rungs;
    case "streams":
      return document.result.runs.flatMap(({ producer, items }) => items.map((item) => ({ producer, ...item })));
    default:
      return [document.result];
  }
}

import type { Document } from "../model/document.ts";

/** A document as `--json` prints it. */
export function documentJson(document: Document<string, unknown>): string {
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

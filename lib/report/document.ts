import type { Document, Results } from "../model/document.ts";

/** A document as `--json` prints it. */
export function documentJson<C extends keyof Results>(document: Document<C>): string {
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

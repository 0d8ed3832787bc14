import type { AnyDocument, Document, Results } from "../../../lib/model/document.ts";

/** A saved document of `tests/golden`. */
export function saved<C extends keyof Results>(command: C, name: string = command): Document<C> & AnyDocument {
  return JSON.parse(Deno.readTextFileSync(new URL(`../../golden/${name}.json`, import.meta.url)));
}

/** The fields that an object has, for assertions on formats that others define. */
export function fieldsOf(value: object): readonly string[] {
  return Object.keys(value);
}

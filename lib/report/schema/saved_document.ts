import * as v from "valibot";
import type { AnyDocument } from "../../model/document.ts";
import { documentSchema, documentsOf } from "./mod.ts";

/** A value that was read as the document that it is; or why it is none, with the place in it, as the end of a sentence. */
export function savedDocument(value: unknown): AnyDocument | string {
  const { success, issues } = v.safeParse(documentSchema(documentsOf()), value, { abortEarly: true });
  if (success) return value as AnyDocument; // with the fields of later versions
  const [{ expected, received }] = issues;
  const place = placeOf(issues[0].path ?? []);
  return `${place === "" ? "it" : place}: expected ${expected ?? "something else"}, found ${received}`;
}

/** `result.modes[2].ratio` */
function placeOf(path: readonly { readonly key?: unknown }[]): string {
  return path.map(({ key }) => typeof key === "number" ? `[${key}]` : `.${key}`).join("").replace(/^\./, "");
}

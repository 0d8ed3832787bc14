/** What values there can be, as plain data: a row of flags says it of its value, and the schemas of documents follow. */
export type Shape =
  | { readonly type: "boolean" | "string" }
  /** `min` and `max` are values too. An integer is a safe one. */
  | { readonly type: "integer" | "number"; readonly min: number; readonly max: number }
  | { readonly type: "choice"; readonly words: readonly string[] }
  | { readonly type: "list"; readonly of: Shape }
  | { readonly type: "either"; readonly shapes: readonly Shape[] }
  | { readonly type: "object"; readonly fields: Fields };

/** A field of a document. */
export interface Field {
  /** What values it has. */
  readonly shape: Shape;
  /** What it says, with its unit. */
  readonly about: string;
  /** The field is absent where it has no value. */
  readonly optional?: boolean;
}

/** Fields by their names. */
export type Fields = Readonly<Record<string, Field>>;

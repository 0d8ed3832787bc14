/** Which function runs over the items: a built-in job by name, or the default export of the user's module. */
export type JobReference =
  | { readonly kind: "builtin"; readonly name: string }
  | { readonly kind: "module"; readonly url: string };

/**
 * The outcome of one item. A function gives exactly one: `ok` or `error`. A generator gives any number of `value`, then `end`
 * or `error`.
 */
export type Outcome =
  | { readonly kind: "ok"; readonly index: number; readonly value: unknown }
  | { readonly kind: "value"; readonly index: number; readonly value: unknown }
  | { readonly kind: "end"; readonly index: number }
  | { readonly kind: "error"; readonly index: number; readonly error: ItemError };

/** What kind of failure an item's error is, if the job itself did not throw it. */
export type ItemErrorCode =
  | "line-too-long"
  | "not-json"
  | "not-csv"
  | "not-utf8"
  | "result-too-long"
  | "result-has-separator"
  | "result-not-bytes"
  | "result-not-utf8"
  | "result-not-json"
  | "result-not-row"
  | "denied"
  | "timeout"
  | "out-of-memory"
  | "lost";

/** Why an item failed. */
export interface ItemError {
  /** The error's class. */
  readonly name: string;
  /** The error's text. */
  readonly message: string;
  /** What kind of failure it is; an error that the job threw has none. */
  readonly code?: ItemErrorCode;
}

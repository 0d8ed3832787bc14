/** What a command has in the place of an item, and of its numbers. */
export const placeholders = ["{}", "{.}", "{/}", "{//}", "{/.}", "{#}", "{%}"] as const;

/** One of them. */
export type Placeholder = typeof placeholders[number];

/** One argument of a command: texts and placeholders, one behind the other. */
export type Argument = readonly (string | { readonly placeholder: Placeholder })[];

/** A command that runs once for each item. */
export interface ExecTemplate {
  /** Its name, looked up on the PATH, or its path. */
  readonly program: string;
  readonly args: readonly Argument[];
  /** What an item's result is: the bytes of stdout, the same as text, or a record with that text. */
  readonly result: "bytes" | "text" | "record";
  /** How many bytes of stdout a command may write: one that writes more is ended. */
  readonly maxResult: number;
}

import { UsageError } from "../../errors.ts";
import type { InputKind } from "./run_input.ts";

/** What the command line says of the input. */
interface InputFlags extends Pick<InputKind, "input" | "header"> {
  readonly null: boolean;
}

/**
 * Checks what the command line says of an input that may be something else than lines.
 *
 * @throws {UsageError} --null is given with rows, which end with newlines, or elements, which end with commas; or --header with what
 * has no columns
 */
export function checkInput({ input, header, null: isNull }: InputFlags): void {
  const isLines = input === "json" || input === "lines";
  if (isNull && !isLines) throw new UsageError(`--null is for lines; leave it out, or leave out --input ${input}`);
  if (header !== undefined && input !== "csv" && input !== "tsv") {
    throw new UsageError("--header names the columns of rows; give --input csv or --input tsv too");
  }
}

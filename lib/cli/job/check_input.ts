import { UsageError } from "../../errors.ts";
import type { InputKind } from "./run_input.ts";

/**
 * Checks what the command line says of an input that is not lines.
 *
 * @throws {UsageError} --null is given: rows end with newlines, and elements with commas
 */
export function checkInput({ input }: Pick<InputKind, "input">, isNull: boolean): void {
  if (isNull) throw new UsageError(`--null is for lines; leave it out, or leave out --input ${input}`);
}

import { messageOf, OutputError } from "../errors.ts";

/** Node's fstat of a file descriptor does not need a permission; Deno has no such function. */
const fs = () => globalThis.process.getBuiltinModule("node:fs");

/** The length of the file that stdout goes to, in bytes; null if stdout is not a regular file. */
export function outputLength(): number | null {
  try {
    const info = fs().fstatSync(1);
    return info.isFile() ? info.size : null;
  } catch {
    return null;
  }
}

/**
 * Truncates the file that stdout goes to.
 *
 * @throws {OutputError} the file is append-only, for example
 */
export function cutOutput(length: number): void {
  if (outputLength() === length) return;
  try {
    fs().ftruncateSync(1, length);
  } catch (error) {
    throw new OutputError("stdout", `the end of an earlier run's output cannot be cut off: ${messageOf(error)}`);
  }
}

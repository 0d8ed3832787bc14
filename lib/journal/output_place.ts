import { messageOf, OutputError } from "../errors.ts";

/** Node's way to ask about a descriptor needs no permission; Deno has none. */
const fs = () => globalThis.process.getBuiltinModule("node:fs");

/** How long the file is that stdout goes to, in bytes; null if it is no regular file. */
export function outputLength(): number | null {
  try {
    const info = fs().fstatSync(1);
    return info.isFile() ? info.size : null;
  } catch {
    return null;
  }
}

/**
 * Cuts the file that stdout goes to.
 *
 * @throws {OutputError} it may only be appended to, for example
 */
export function cutOutput(length: number): void {
  if (outputLength() === length) return;
  try {
    fs().ftruncateSync(1, length);
  } catch (error) {
    throw new OutputError("stdout", `what an earlier run wrote cannot be cut off: ${messageOf(error)}`);
  }
}

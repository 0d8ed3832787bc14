import { OutputError, systemReason } from "../../errors.ts";
import { absolutePath } from "../../paths.ts";
import type { Output } from "./output.ts";

/** Where an export goes: `-` for stdout, else an absolute path, because a job can move the working folder. */
export function exportPath(path: string): string {
  return path === "-" || path === "/dev/stdout" ? "-" : absolutePath(path);
}

/**
 * Writes a whole text to a file; `-` is stdout.
 *
 * @throws {OutputError} it could not be written
 */
export async function writeFileOrStdout(path: string, text: string, stdout: Output): Promise<void> {
  if (path === "-") return await stdout.writeExact(text);
  try {
    await Deno.writeTextFile(path, text);
  } catch (error) {
    throw new OutputError(path, systemReason(error), "free some space or choose another place");
  }
}

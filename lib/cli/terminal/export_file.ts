import { OutputError, UsageError } from "../../errors.ts";
import { absolutePath } from "../../paths.ts";
import type { Output } from "./output.ts";

/**
 * Where an export goes: `-` for stdout, else an absolute path, because a job can move the working folder.
 *
 * @throws {UsageError} no file can be there: better said before the work than after it
 */
export function exportPath(path: string): string {
  if (path === "-" || path === "/dev/stdout") return "-";
  const file = absolutePath(path);
  if (kindOf(file) === "folder") throw new UsageError(`cannot write to ${path}: it is a folder; name a file`);
  if (kindOf(file.replace(/[^\\/]*$/, ".")) === "missing") {
    throw new UsageError(`cannot write to ${path}: its folder does not exist; choose another place`);
  }
  return file;
}

/** Unknown if Deno does not let us look, as into /dev. */
function kindOf(path: string): "folder" | "other" | "missing" | "unknown" {
  try {
    return Deno.statSync(path).isDirectory ? "folder" : "other";
  } catch (error) {
    return error instanceof Deno.errors.NotFound ? "missing" : "unknown";
  }
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
    throw new OutputError(path, error);
  }
}

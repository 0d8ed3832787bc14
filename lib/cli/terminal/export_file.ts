import { isProtected, OutputError, systemReason, UsageError, writeRemedy } from "../../errors.ts";
import { absolutePath } from "../../paths.ts";
import type { Output } from "./output.ts";
import { writeWholeFile } from "./whole_file.ts";

/**
 * Where an export goes: `-` for stdout, else an absolute path, because a job can move the working folder.
 *
 * @throws {UsageError} no file can be there, or it cannot be written: better said before the work than after it
 */
export function exportPath(path: string): string {
  if (path === "-" || path === "/dev/stdout") return "-";
  const file = absolutePath(path);
  const kind = kindOf(file);
  if (kind === "folder") throw new UsageError(`cannot write to ${path}: it is a folder; name a file`);
  if (kindOf(file.replace(/[^\\/]*$/, ".")) === "missing") {
    throw new UsageError(`cannot write to ${path}: its folder does not exist; choose another place`);
  }
  if (kind !== "untried") tryToWrite(path, file, kind === "missing");
  return file;
}

/** Opens the file and changes nothing of it. */
function tryToWrite(path: string, file: string, isMissing: boolean): void {
  try {
    Deno.openSync(file, { write: true, create: isMissing }).close();
    if (isMissing) Deno.removeSync(Deno.realPathSync(file)); // not the link that leads to it
  } catch (error) {
    throw new UsageError(`cannot write to ${path}: ${systemReason(error)}; ${writeRemedy(error)}`);
  }
}

/**
 * What is there. `untried`: a pipe or a device, because whoever reads it would see its end, or what we may not look at. What the
 * system cannot look at, as a link to itself, or Deno protects, is a `file`: who opens it hears why.
 */
function kindOf(path: string): "folder" | "file" | "missing" | "untried" {
  try {
    const { isDirectory, isFile } = Deno.statSync(path);
    return isDirectory ? "folder" : isFile ? "file" : "untried";
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return "missing";
    return error instanceof Deno.errors.NotCapable && !isProtected(error) ? "untried" : "file";
  }
}

/**
 * Writes a whole text to a file, or nothing of it; `-` is stdout.
 *
 * @throws {OutputError} it could not be written
 */
export async function writeFileOrStdout(path: string, text: string, stdout: Output): Promise<void> {
  if (path === "-") return await stdout.writeExact(text);
  try {
    await writeWholeFile(path, text);
  } catch (error) {
    throw new OutputError(path, error);
  }
}

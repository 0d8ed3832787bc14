import { entryFolder, entryPoint } from "../../entry_points.ts";
import { systemReason, UsageError } from "../../errors.ts";
import { hashJob } from "../../jobs/job_hash.ts";
import { readableEntries } from "../../exec/host/process/readable_entries.ts";
import { filePath } from "../../paths.ts";

/** A file that becomes a slot in Node or Bun. Disposing removes it if nobody else uses it. */
export interface SlotModule extends Disposable {
  readonly file: string;
}

/**
 * The one file that a slot in another runtime is made from. Where our modules are bundled it is among them, and is copied out of
 * an executable, whose files only the executable can read. In the sources it is bundled when it is first needed, and kept in
 * .cache under the digest of all that it is made from.
 *
 * @throws {UsageError} it cannot be made
 */
export async function openSlotModule(): Promise<SlotModule> {
  const entry = entryPoint("node");
  if (entry.pathname.endsWith(".ts")) return { file: await bundled(entry), [Symbol.dispose]() {} };
  const readable = readableEntries("node");
  return { file: filePath(readable.entries[0]), [Symbol.dispose]: () => readable[Symbol.dispose]() };
}

async function bundled(entry: URL): Promise<string> {
  const folder = `${filePath(entryFolder)}.cache/slot`;
  const file = `${folder}/${Deno.version.deno}-${await hashJob(entry.href)}.mjs`;
  if (isThere(file)) return file;
  try {
    Deno.mkdirSync(folder, { recursive: true });
    const made = Deno.makeTempFileSync({ dir: folder, suffix: ".mjs" });
    await bundle(entry, made);
    Deno.renameSync(made, file); // whole, or not there: another run may make it too
    return file;
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`cannot write ${folder}, where the slot for another runtime is kept: ${systemReason(error)}`);
  }
}

async function bundle(entry: URL, to: string): Promise<void> {
  const config = filePath(new URL("deno.json", entryFolder));
  const flags = ["--frozen", "--quiet", "--platform", "deno", "--format", "esm", "--packages", "bundle"];
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["bundle", ...flags, "--config", config, "--output", to, filePath(entry)],
    env: { NO_COLOR: "1" },
    stdin: "null",
    stdout: "null",
  }).output();
  if (success) return;
  Deno.removeSync(to);
  const said = new TextDecoder().decode(stderr).trim().split("\n")[0];
  throw new UsageError(
    `cannot bundle the slot for another runtime: ${said}; bundling needs the npm registry the first time`,
  );
}

function isThere(file: string): boolean {
  try {
    return Deno.statSync(file).isFile;
  } catch {
    return false;
  }
}

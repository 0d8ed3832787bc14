import { localModules } from "./local_modules.ts";

/**
 * SHA-256 of a job's file and of the local modules that it imports, as far as a simple scan finds them. The location of the
 * files does not matter.
 */
export async function hashJob(url: string): Promise<string> {
  const { createHash } = await import("node:crypto");
  const hash = createHash("sha256");
  for (const { source } of localModules(url)) {
    hash.update(`${source === undefined ? "missing" : source.length}\n${source ?? ""}`);
  }
  return hash.digest("hex");
}

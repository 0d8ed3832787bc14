import { exec, Map } from "../natives.ts";
import { absolutePath, filePath } from "../paths.ts";
import { localImports } from "./job_hash.ts";

/** The modules of Node that give access to descriptors. */
const descriptorModules = /["'`](?:node:)?(?:fs|fs\/promises|process|tty)["'`]/;

/**
 * Whether a job's file, or a local module that it imports, names a module of Node that reads or writes descriptors, as far as
 * a simple scan finds it. Loading those modules takes 10 ms or more, so a thread prepares them only for such a job.
 */
export function someModuleNamesDescriptors(url: string): boolean {
  const known = new Map<string, true>();
  const waiting = [filePath(new URL(url))];
  for (let i = 0; i < waiting.length; i++) {
    const file = waiting[i];
    if (known.has(file)) continue;
    known.set(file, true);
    const source = readText(file);
    if (exec(descriptorModules, source) !== null) return true;
    const folder = file.replace(/[^\\/]*$/, "");
    for (const specifier of localImports(source)) {
      waiting.push(absolutePath(specifier.startsWith("/") ? specifier : folder + specifier));
    }
  }
  return false;
}

/** Empty if the thread may not read it: then it cannot import it either. */
function readText(file: string): string {
  try {
    return Deno.readTextFileSync(file);
  } catch {
    return "";
  }
}

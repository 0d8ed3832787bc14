import { exec } from "../natives.ts";
import { localModules } from "./job_hash.ts";

/** The modules of Node that give access to descriptors. */
const descriptorModules = /["'`](?:node:)?(?:fs|fs\/promises|process|tty)["'`]/;

/**
 * Whether a job's file, or a local module that it imports, names a module of Node that reads or writes descriptors, as far as
 * a simple scan finds it. Loading those modules takes 10 ms or more, so a thread prepares them only for such a job.
 */
export function someModuleNamesDescriptors(url: string): boolean {
  for (const { source = "" } of localModules(url)) if (exec(descriptorModules, source) !== null) return true;
  return false;
}

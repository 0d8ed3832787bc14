import { TooManyThreads } from "../../errors.ts";

/** A thread opens 6 descriptors, a process 4 of ours. Some are left for those that are still being started. */
const spare = 32;

/**
 * Tries whether there are descriptors for another thread or process, which takes 0.2 ms: Deno ends the whole program, with a stack,
 * where a thread cannot open its own. Without permission to read, nothing is known.
 *
 * @throws {TooManyThreads} there are too few
 */
export function checkDescriptors(what: "thread" | "process"): void {
  const files: Deno.FsFile[] = [];
  try {
    while (files.length < spare) files.push(Deno.openSync("/dev/null"));
  } catch (error) {
    if (TooManyThreads.isMeantBy(error)) throw new TooManyThreads(what, error);
  } finally {
    for (const file of files) file.close();
  }
}

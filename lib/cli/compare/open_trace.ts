import type { Clock } from "../../clock.ts";
import { type OutputError, UsageError } from "../../errors.ts";
import { openTraceFile, type TraceFile } from "../terminal/trace_file.ts";

/**
 * Opens the file of a comparison's trace. `onFailure` is called once if the file cannot be written.
 *
 * @throws {UsageError} it cannot be written, or no item may run once more
 */
export async function openTrace(
  { once }: { readonly once: boolean },
  path: string,
  jobs: readonly string[],
  clock: Clock,
  onFailure: (error: OutputError) => void,
): Promise<TraceFile> {
  if (once) throw new UsageError("--trace runs items once more, and --once forbids that; leave out one of them");
  return await openTraceFile(path, `tandem compare ${jobs.join(" ")}`, clock, onFailure);
}

import { UsageError } from "../../errors.ts";
import { checkInput } from "../job/check_input.ts";
import type { RunValues } from "./command.ts";

/**
 * Checks what the command line says beside --input or --output of something else than lines.
 *
 * @throws {UsageError} that contradicts it, or cannot be done
 */
export function checkFormats(values: RunValues, job: string, files: readonly string[]): void {
  const { input, output, null: isNull, errors, journal, resume, retryFailed } = values;
  checkInput(values);
  if (input !== "json" && input !== "lines" && job.startsWith("@") && files.length === 0) {
    throw new UsageError(`${job} has items of its own; name a FILE (- is stdin), or leave out --input ${input}`);
  }
  if (output !== "csv") return;
  if (isNull) throw new UsageError("--null is for lines; leave it out, or leave out --output csv");
  if (errors === "inline") {
    throw new UsageError("--errors inline would write JSON between the rows; leave it out, or leave out --output csv");
  }
  if ([journal, resume, retryFailed].some(Boolean)) {
    throw new UsageError("a run with --output csv cannot be resumed; leave out the journal, or write --output json");
  }
}

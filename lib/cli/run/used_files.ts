import type { JobReference } from "../../model/item.ts";
import { filePath } from "../../paths.ts";
import { placeOf, type UsedFile } from "../terminal/same_file.ts";
import type { RunValues } from "./command.ts";

/** The files that a run reads and writes; `exported` are those of its exports. */
export function usedFiles(
  { results, journal, resume, retryFailed, log, trace, plan }: RunValues,
  inputs: readonly string[],
  exported: readonly UsedFile[],
  reference: JobReference,
): readonly UsedFile[] {
  const written = {
    "--journal": journal,
    "--resume": resume,
    "--retry-failed": retryFailed,
    "--log": log,
    "--trace": trace,
  };
  return [
    { name: results === undefined ? "stdout" : `--results ${results}`, at: 1, written: true },
    // A run that goes on cuts the output behind the results' bytes: with other text between them, it would cut off results.
    ...(journal ?? resume) === undefined ? [] : [{ name: "stderr", at: 2, written: true } as const],
    ...Object.entries(written).flatMap(([flag, at]) =>
      at === undefined ? [] : [{ name: `${flag} ${at}`, at, written: true }]
    ),
    ...exported,
    ...inputs.map((name): UsedFile => {
      const at = placeOf(name, 0);
      return { name: at === 0 ? "stdin" : `the input ${name}`, at, written: false };
    }),
    ...plan === undefined ? [] : [{ name: `--plan ${plan}`, at: plan, written: false }],
    ...reference.kind === "module" ? [{ name: "the job", at: filePath(new URL(reference.url)), written: false }] : [],
  ];
}

import type { JobReference } from "../../model/item.ts";
import { filePath } from "../../paths.ts";
import { placeOf, type UsedFile } from "../terminal/same_file.ts";
import type { CompareValues } from "./command.ts";

/** The files that a comparison reads and writes. `planFile`: where the plan goes, `-` for stdout. */
export function usedFiles(
  { items, trace }: CompareValues,
  planFile: string | undefined,
  jobs: readonly JobReference[],
): readonly UsedFile[] {
  return [
    { name: "stdout", at: 1, written: true },
    ...items === undefined ? [] : [{ name: `--items ${items}`, at: placeOf(items, 0), written: false }],
    ...planFile === undefined || planFile === "-" ? [] : [{ name: "--save-plan", at: planFile, written: true }],
    ...trace === undefined ? [] : [{ name: `--trace ${trace}`, at: trace, written: true }],
    ...jobs.flatMap((job) =>
      job.kind === "module" ? [{ name: "the job", at: filePath(new URL(job.url)), written: false }] : []
    ),
  ];
}

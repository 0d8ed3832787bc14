import type { Changed } from "./changes_text.ts";
import { modeCells, modesColumns } from "./modes_table.ts";
import { sidesOf } from "./sides.ts";
import { type Column, left } from "./table.ts";

/** Rows of a table below its columns. */
interface Rows {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly string[])[];
}

/** How two runtimes did, a row for each mode of each: compared with the first mode of the same runtime. */
export function runtimeRows({ job, against, modes, changes }: Changed): Rows {
  const { old, now } = sidesOf({ job, against });
  const [{ mode: baseline }] = modes;
  return {
    columns: [left("RUNTIME"), ...modesColumns("THREADS×TASKS", `VS ${baseline.toUpperCase()}`)],
    rows: [
      ...changes.map((change) => [old.name, ...modeCells(change.old)]),
      ...modes.map((mode) => [now.name, ...modeCells(mode)]),
    ],
  };
}

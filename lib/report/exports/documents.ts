/** What the exports need of documents: their measured cells, by names that stay the same from run to run. */
import type { ComparedMode, ComparedRuntime } from "../../model/comparison.ts";
import type { AnyDocument } from "../../model/document.ts";
import { cellName } from "../../model/grid.ts";

/** A cell that was run in rounds, and what it worked on. */
export interface MeasuredCell {
  /** What it worked on: the job, or a kind of work of the claims. */
  readonly work: string;
  /** Its mode, or its place in a sweep, and its runtime if there are two: the same from run to run. */
  readonly name: string;
  /** Where it is from: the modes, or the sweep of `--grid`. */
  readonly part: "modes" | "grid";
  readonly cell: ComparedMode;
  /** Items that each run had. */
  readonly items: number;
  /** The runtime that it ran in, if two were compared. */
  readonly runtime?: ComparedRuntime;
}

/** The cells that a document has, in its order, those of a first runtime first; none if its command measures none. */
export function cellsOf(document: AnyDocument): readonly MeasuredCell[] {
  switch (document.command) {
    case "compare": {
      const { job: work, modes, grid, itemCount, passes, against, changes = [] } = document.result;
      const [swept, items] = [grid?.cells ?? [], itemCount * passes];
      const runtimes = against?.runtimes;
      if (runtimes !== undefined) {
        const cellsIn = (runtime: ComparedRuntime, cells: readonly ComparedMode[]) =>
          cells.map((cell): MeasuredCell => {
            const name = `${cell.mode} in ${runtimeName(runtime)}`;
            return { work, name, part: "modes", cell, items, runtime };
          });
        return [...cellsIn(runtimes.old, changes.map(({ old }) => old)), ...cellsIn(runtimes.now, modes)];
      }
      return [
        ...modes.map((cell): MeasuredCell => ({ work, name: cell.mode, part: "modes", cell, items })),
        ...swept.map((cell): MeasuredCell => ({ work, name: cellName(cell), part: "grid", cell, items })),
      ];
    }
    case "claims":
      return document.result.works.flatMap(({ work, modes, itemCount }) =>
        modes.map((cell): MeasuredCell => ({ work, name: cell.mode, part: "modes", cell, items: itemCount }))
      );
    default:
      return [];
  }
}

/** A runtime as `--runtimes` names it: `node`, or `node=v24/node`. It stays the same when the program gets another version. */
export function runtimeName({ name, program }: ComparedRuntime): string {
  return program === name ? name : `${name}=${program}`;
}

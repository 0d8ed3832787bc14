import type { Cell } from "../model/grid.ts";
import type { RunReading } from "../model/run_reading.ts";
import type { JobWork } from "./job_work.ts";
import type { OutputCheck } from "./outputs.ts";
import type { ItemsFor } from "./run_items.ts";

/** What runs once in each round: a piece of work in one cell. */
export interface Entrant {
  /** Unique in the suite. */
  readonly id: string;
  readonly work: JobWork;
  readonly cell: Cell;
  readonly itemsFor: ItemsFor;
  /** Compares the outputs of the entrants that share it, if they should be equal. */
  readonly outputs?: OutputCheck;
}

/** One run of an entrant. */
export interface EntrantRun extends RunReading {
  readonly entrant: string;
  /** From 1; 0 and below are warm-up rounds, which do not count. */
  readonly round: number;
}

/** The id of the A/A control. */
const controlId = "control";

/** The id of a piece of work in a cell. */
export function entrantId(work: string, { mode, threads, tasks }: Cell): string {
  return `${work} ${mode} ${threads}×${tasks}`;
}

/** One piece of work in several cells, serial first. */
export function entrantsOf(
  name: string,
  cells: readonly Cell[],
  rest: Omit<Entrant, "id" | "cell">,
): readonly Entrant[] {
  return cells.map((cell) => ({ ...rest, id: entrantId(name, cell), cell }));
}

/** An entrant once more, as the A/A control: it should show no difference to itself. */
export function controlOf(entrant: Entrant): Entrant {
  return { ...entrant, id: controlId };
}

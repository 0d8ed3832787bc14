import type { ItemContext } from "./item_context.ts";
import type { KeptPlaces } from "./kept_places.ts";
import type { OutboxOptions } from "./outbox.ts";
import type { Generation } from "../wire/numbers.ts";
import type { Format, Numbering } from "../wire/protocol.ts";
import type { ReadRow } from "../wire/rows.ts";
import type { HintOf } from "./retry_hint.ts";
import type { Denial } from "./runtime.ts";
import type { WidthReports } from "./width_reports.ts";

/** Runs one item; what it throws or rejects with is the item's error. */
export type RunItem = (value: unknown, context: ItemContext) => unknown;

/** The same for a job that cannot read its context. */
export type RunWithoutContext = (value: unknown) => unknown;

/** What a slot's side of the work needs. */
export interface SlotOptions extends OutboxOptions {
  readonly run: RunItem;
  /** `run` gives an iterator of values. */
  readonly generator: boolean;
  readonly thread: number;
  readonly state: unknown;
  readonly generation: Generation;
  readonly control: Int32Array;
  readonly format: Format;
  /** Makes an object of a row, if rows are items. */
  readonly readRow?: ReadRow;
  readonly numbering: Numbering;
  readonly credit: number;
  /** If the width is chosen during the run. */
  readonly width?: WidthReports;
  /** If failed items may run again. */
  readonly hintOf?: HintOf;
  /** If they may, and the width is fixed. */
  readonly keptPlaces?: KeptPlaces;
  /** Calls back once, `ms` from now. */
  readonly after: (ms: number, callback: () => void) => void;
  /** Where in the job an error was made, as `path:line`; undefined if that is not known. */
  readonly placeOf: (thrown: unknown) => string | undefined;
  /** See `SlotRuntime`. */
  readonly denialOf?: (thrown: unknown) => Denial | undefined;
}

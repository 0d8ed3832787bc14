import type { Range } from "../schedule/range_set.ts";
import type { Block } from "./block.ts";
import type { BlockId, BlockUse, Line, Place } from "./numbers.ts";

/** A block in use, as the sender of its items sees it. */
export interface SharedBlock {
  readonly id: BlockId;
  readonly buffer: SharedArrayBuffer;
  readonly block: Block;
  readonly capacity: number;
  /** Made for one long item, and used once. */
  readonly once: boolean;
  /** Which use of a block this is: another number each time. */
  readonly use: BlockUse;
  /** The 1-based line of its first item. */
  readonly firstLine: Line;
}

/** Items that lie side by side in a block. */
export interface Part {
  readonly held: SharedBlock;
  /** The place of the first one. */
  readonly from: Place;
  readonly range: Range;
}

import type { Block } from "../wire/block.ts";
import type { BlockUse, ItemNumber, Line, Place } from "../wire/numbers.ts";
import type { Arrival } from "./arrival.ts";

/** What items that came together have in common. */
interface Batch {
  readonly block: Block;
  /** Which use of the block they are of. */
  readonly use: BlockUse;
  /** When they came, if that is measured. */
  readonly arrival?: Arrival;
}

/** An item that a slot has started: while it runs, and as long as something that it left behind may still fail. */
export class StartedItem {
  readonly block: Block;
  readonly place: Place;
  /** Which use of the block it is of. */
  readonly use: BlockUse;
  readonly item: ItemNumber;
  readonly line: Line;
  /** When it started, in milliseconds. */
  readonly since: number;
  /** When its batch came, if that is measured. */
  readonly arrival: Arrival | undefined;
  /** When its function returned a promise, in milliseconds, if that is measured. */
  pendingSince: number | undefined = undefined;
  /** Its place among those that run; -1 if it is only just being started, or has gone. */
  at = -1;
  /** It has given values. */
  yielded = false;
  /** It has its outcome: nothing that it still does counts. */
  ended = false;
  /** It has failed while its code runs on: its signal aborts. */
  abandoned = false;
  /** Main has got a warning of an error that came after its end. */
  warned = false;

  constructor({ block, use, arrival }: Batch, place: Place, item: ItemNumber, line: Line, since: number) {
    this.block = block;
    this.place = place;
    this.use = use;
    this.item = item;
    this.line = line;
    this.since = since;
    this.arrival = arrival;
  }
}

import type { Block } from "../wire/block.ts";
import type { Arrival } from "./arrival.ts";

/** An item that a slot has started: while it runs, and as long as something that it left behind may still fail. */
export class StartedItem {
  readonly block: Block;
  readonly place: number;
  /** Which use of the block it is of. */
  readonly use: number;
  readonly item: number;
  /** Its 1-based line. */
  readonly line: number;
  /** When it started, in milliseconds. */
  readonly since: number;
  /** When its batch came, if that is measured. */
  readonly arrival: Arrival | undefined;
  /** Its place among those that run; -1 if it is only just being started, or has gone. */
  at = -1;
  /** It has given values. */
  yielded = false;
  /** It has its outcome: nothing that it still does counts. */
  ended = false;
  /** It has failed while its code runs on: its signal tells. */
  abandoned = false;
  /** An error that came after its end has been told. */
  warned = false;

  constructor(
    block: Block,
    place: number,
    use: number,
    item: number,
    line: number,
    since: number,
    arrival?: Arrival,
  ) {
    this.block = block;
    this.place = place;
    this.use = use;
    this.item = item;
    this.line = line;
    this.since = since;
    this.arrival = arrival;
  }
}

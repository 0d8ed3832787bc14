import type { Clock } from "../../clock.ts";
import type { BlockStore } from "../input/block_store.ts";
import type { Command, Event, State } from "../schedule/scheduler.ts";
import type { FromSlot, RunningSince } from "../wire/protocol.ts";
import type { LastDeath } from "./last_death.ts";
import type { PoolSlot } from "./pool_slot.ts";

/** What a run lets its watcher look at. */
export interface WatchedRun {
  readonly state: State;
  readonly blocks: BlockStore;
  readonly clock: Clock;
  /** How many threads it begins with. */
  readonly threads: number;
}

/** Watches a run. It hears of each thing before that is done. */
export interface RunWatcher {
  /** A run begins. */
  begin(run: WatchedRun): void;
  /** A slot that is about to be given up was running these. */
  running(items: readonly RunningSince[]): void;
  /** A slot has sent results. The scheduler does not know yet, and so has not forgotten how often an item was tried. */
  reported(slot: PoolSlot, message: FromSlot & { readonly kind: "results" }): void;
  /** The scheduler is about to be told this. */
  heard?(event: Event): void;
  /** The scheduler has decided this about an event; the command has not been executed. */
  decided(command: Command, event: Event, death: LastDeath): void;
}

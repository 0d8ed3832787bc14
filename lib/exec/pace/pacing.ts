import type { Clock, Wait } from "../../clock.ts";
import type { Range } from "../schedule/range_set.ts";
import type { State } from "../schedule/scheduler.ts";
import type { Gate, HoldsBack } from "./gate.ts";
import type { ReadKey } from "./item_key.ts";

/** What holds back the starts of one run. */
export interface Pace {
  readonly holdsBack: HoldsBack;
  begin(run: PacedRun): Pacing;
}

/** What pacing needs of its run. */
export interface PacedRun {
  readonly state: State;
  readonly pool: {
    readonly clock: Clock;
    readonly blocks: {
      bytesOf(item: number): Uint8Array | undefined;
      lineOf(item: number): number;
    };
    /** Takes note that an item may start that could not before: `release` is to be called. */
    push(event: { readonly kind: "due" }): void;
  };
  /** Whether an item that is released now would start. */
  readonly hasPlace: () => boolean;
  /** Whether what has places waits for the outcome of the item `nextOut`. */
  readonly isBlocked: () => boolean;
  /** An item starts: `hasPlace` takes it into account from now on. */
  readonly release: (item: number) => void;
  /** Called for the first item that has no key, with its line. */
  readonly onKeyless: (line: number) => void;
}

/** Drives the gate of a run: an item may start once a place is free for it, so that it does start then, and not in a burst later. */
export class Pacing {
  readonly #gate: Gate;
  readonly #run: PacedRun;
  readonly #readKey: ReadKey | undefined;
  #keyless = false;
  #wait: { readonly wait: Wait; readonly due: number } | undefined;

  /** `readKey` reads an item's key, if there are keys. */
  constructor(gate: Gate, run: PacedRun, readKey?: ReadKey) {
    this.#gate = gate;
    this.#run = run;
    this.#readKey = readKey;
  }

  /** These items are held back. */
  hold(range: Range): void {
    this.#gate.add(range, (item) => this.#keyOf(item));
  }

  /** These items have ended for good. */
  ended(range: Range): void {
    this.#gate.ended(range);
  }

  /**
   * Releases all items that may start now. To be called when anything has happened; the event `due` says when, if nothing else does.
   * An item that others in their places wait for needs no place.
   */
  release(): void {
    const { state, pool, isBlocked, release } = this.#run;
    while (state.heldBack.size > 0) {
      const only = this.#hasPlace ? undefined : state.nextOut;
      if (only !== undefined && !(state.heldBack.has(only) && isBlocked())) return;
      const now = pool.clock.now();
      const item = this.#gate.take(now, only);
      if (item === undefined) return this.#waitFor(now, only);
      release(item);
    }
  }

  /** What holds back an item that has a place; undefined if nothing does. */
  get why(): HoldsBack | undefined {
    return this.#hasPlace ? this.#gate.why(this.#run.pool.clock.now()) : undefined;
  }

  /** Whether an item could start if there were a place for it. */
  get wantsPlace(): boolean {
    const { state: { bytesOut, limits }, pool } = this.#run;
    return !this.#hasPlace && bytesOut < limits.windowBytes && this.#gate.nextMs(pool.clock.now()) === 0;
  }

  stop(): void {
    this.#wait?.wait.cancel();
    this.#wait = undefined;
  }

  get #hasPlace(): boolean {
    return this.#run.hasPlace();
  }

  #waitFor(now: number, only: number | undefined): void {
    const ms = this.#gate.nextMs(now, only);
    if (ms === undefined || this.#wait !== undefined && this.#wait.due <= now + ms) return;
    this.stop();
    const wait = this.#run.pool.clock.wait(Math.ceil(ms));
    this.#wait = { wait, due: now + ms };
    void wait.done.then(() => {
      this.#wait = undefined;
      this.#run.pool.push({ kind: "due" });
    });
  }

  #keyOf(item: number): string | undefined {
    if (this.#readKey === undefined) return undefined;
    const { pool: { blocks }, onKeyless } = this.#run;
    const bytes = blocks.bytesOf(item);
    const key = bytes && this.#readKey(bytes);
    if (key === undefined && !this.#keyless) {
      this.#keyless = true;
      onKeyless(blocks.lineOf(item));
    }
    return key;
  }
}

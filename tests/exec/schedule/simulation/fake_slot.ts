import { RangeSet } from "../../../../lib/exec/schedule/range_set.ts";
import type { SlotId, Stretch } from "../../../../lib/exec/schedule/scheduler.ts";
import type { Fate } from "./scenario.ts";
import type { Table } from "./table.ts";

/** What a slot needs from the world around it. */
export interface Surroundings {
  readonly table: Table;
  /** How many items a slot runs at once; 0 after the run was stopped. */
  readonly room: number;
  /** The item that all output waits for; undefined without order. */
  readonly nextOut: number | undefined;
  readonly now: number;
  after(ms: number, act: () => void): void;
  fate(slot: FakeSlot, item: number): Fate;
  /** The delay of a message, or until the next check of a time limit. */
  delay(): number;
  /** How many bytes of output an item gives. */
  bytes(): number;
  report(slot: FakeSlot, yielded: readonly number[], stretches: readonly Stretch[], ms: number): void;
  died(slot: FakeSlot): void;
  overdue(slot: FakeSlot, item: number): void;
}

interface Running {
  readonly item: number;
  readonly endsOnCancel: boolean;
  /** It has given values. */
  yielded: boolean;
  over: boolean;
}

/** How long outcomes wait to be reported together: while items wait, and between items that compute. */
const [gatherMs, computingMs] = [5, 25];

/** One thread of a slot: starts the items that it is sent, lowest first, and reports those that ended. Never reused. */
export class FakeSlot {
  readonly id: SlotId;
  up = false;
  gone = false;
  readonly #world: Surroundings;
  readonly #timeoutMs: number;
  /** While more output than this has not been taken, it starts only the next item to be delivered. */
  readonly #credit: number;
  #untaken = 0;
  readonly #queue = new RangeSet();
  readonly #running = new Map<number, Running>();
  /** The item that blocks the thread, and everything that has to wait until it ends. */
  #blockedBy: number | undefined;
  readonly #blocked: (() => void)[] = [];
  /** Generators that must not go on before they are next out, because only then are their values delivered. */
  readonly #suspended = new Set<Running>();
  readonly #yielded: number[] = [];
  #ended: Stretch[] = [];
  /** When the oldest of `#ended` ended. */
  #endedAt = 0;
  #reportedAt = 0;
  #willReport = false;

  constructor(id: SlotId, world: Surroundings, timeoutMs: number, credit: number) {
    this.id = id;
    this.#world = world;
    this.#timeoutMs = timeoutMs;
    this.#credit = credit;
  }

  /** Receives items. The table already says that they belong to this slot. */
  take(first: number, end: number): void {
    this.#turn(() => {
      if (this.#queue.size + this.#running.size === 0) this.#reportedAt = this.#world.now;
      this.#queue.add(first, end);
      this.#pump();
    });
  }

  /** The consumer has taken output. */
  taken(bytes: number): void {
    this.#turn(() => {
      this.#untaken -= bytes;
      this.#pump();
    });
  }

  /** The next item to be delivered has changed. */
  resume(): void {
    this.#turn(() => {
      for (const run of this.#suspended) if (run.item === this.#world.nextOut) this.#end(run, "ok");
      this.#pump();
    });
  }

  get waitsForNextOut(): boolean {
    return this.#suspended.size > 0;
  }

  /** Ends an item if it ends on cancel, or all such items. */
  cancel(item?: number): void {
    for (const run of item === undefined ? this.#running.values() : [this.#running.get(item)]) {
      if (run?.endsOnCancel) this.#end(run, "error");
    }
  }

  #turn(act: () => void): void {
    if (this.gone) return;
    if (this.#blockedBy === undefined) act();
    else this.#blocked.push(act);
  }

  #pump(): void {
    if (this.gone) return;
    for (let item = this.#queue.lowest; item !== undefined; item = this.#queue.lowest) {
      if (this.#blockedBy !== undefined || !this.#mayStart(item)) break;
      this.#queue.remove(item, item + 1);
      if (this.#ended.length > 0 && this.#world.now - this.#endedAt >= computingMs) this.#report();
      if (this.#world.table.start(item, this)) this.#start(item);
    }
    if (this.#queue.size + this.#running.size === 0) this.#report();
    else if (!this.#willReport && this.#ended.length + this.#yielded.length > 0) {
      this.#willReport = true;
      this.#world.after(gatherMs, () =>
        this.#turn(() => {
          this.#willReport = false;
          this.#report();
        }));
    }
  }

  #mayStart(item: number): boolean {
    const { table, room, nextOut } = this.#world;
    if (table.phase(item, this) !== "assigned") return true; // an item that was taken back does not hold up the others
    const full = this.#untaken >= this.#credit;
    if (item === nextOut && room > 0) return this.#running.size < room || full || this.waitsForNextOut;
    return this.#running.size < room && !full;
  }

  #start(item: number): void {
    const { ms, end, values, blocks, endsOnCancel } = this.#world.fate(this, item);
    const run = { item, endsOnCancel, yielded: false, over: false };
    this.#running.set(item, run);
    if (blocks) this.#blockedBy = item;
    for (const at of values) this.#world.after(at, () => this.#turn(() => this.#yield(run)));
    if (ms < Infinity) this.#world.after(ms, () => this.#end(run, end));
    if (this.#timeoutMs > 0 && (ms > this.#timeoutMs || values.length > 0)) this.#watch(run, this.#timeoutMs);
  }

  #yield(run: Running): void {
    if (run.over) return;
    run.yielded = true;
    this.#yielded.push(run.item);
    this.#pump();
  }

  #end(run: Running, how: Fate["end"]): void {
    if (this.gone || run.over) return;
    if (this.#blockedBy === run.item) this.#blockedBy = undefined;
    else if (this.#blockedBy !== undefined) return void this.#blocked.push(() => this.#end(run, how));
    const { nextOut } = this.#world;
    if (how === "ok" && run.yielded && nextOut !== undefined && nextOut !== run.item) {
      this.#suspended.add(run);
      return this.#pump();
    }
    if (how === "fatal") return this.#world.died(this);
    run.over = true;
    this.#suspended.delete(run);
    this.#running.delete(run.item);
    this.#world.table.finish(run.item, this);
    if (this.#ended.length === 0) this.#endedAt = this.#world.now;
    this.#ended.push({ first: run.item, end: run.item + 1, ok: how === "ok", bytes: this.#world.bytes() });
    this.#pump();
    while (this.#blockedBy === undefined && !this.gone && this.#blocked.length > 0) this.#blocked.shift()?.();
  }

  /** The host sees in the table that the item runs too long, and may report it twice. */
  #watch(run: Running, ms: number): void {
    this.#world.after(ms + this.#world.delay(), () => {
      if (this.gone || run.over) return;
      this.#world.overdue(this, run.item);
      if (ms === this.#timeoutMs) this.#watch(run, 40);
    });
  }

  #report(): void {
    if (this.#ended.length + this.#yielded.length === 0) return;
    const stretches: Stretch[] = [];
    for (const run of this.#ended.sort((a, b) => a.first - b.first)) {
      const last = stretches.at(-1);
      if (last?.ok && run.ok && last.end === run.first) {
        stretches[stretches.length - 1] = { ...last, end: run.end, bytes: last.bytes + run.bytes };
      } else stretches.push(run);
    }
    this.#ended = [];
    for (const { bytes } of stretches) this.#untaken += bytes;
    const ms = this.#world.now - this.#reportedAt;
    this.#reportedAt = this.#world.now;
    this.#world.report(this, this.#yielded.splice(0), stretches, ms);
  }
}

import type { TraceEvent } from "../../model/trace.ts";
import type { Range } from "../schedule/range_set.ts";
import type { Command, Event, SlotId } from "../schedule/scheduler.ts";
import { msSince } from "../wire/block.ts";
import type { FromSlot, RunningSince } from "../wire/protocol.ts";
import { type Attempt, AttemptLog } from "./attempt_log.ts";
import type { LastDeath } from "./last_death.ts";
import type { PoolSlot } from "./pool_slot.ts";
import type { RunWatcher, WatchedRun } from "./run_watcher.ts";

/** Items that main sent together. */
interface Batch {
  readonly slot: SlotId;
  readonly sentAt: number;
  readonly items: number;
  /** The line of the first one. */
  readonly line: number;
  /** How many of them have neither been reported nor taken back. */
  left: number;
  /** When the last of them started, or was taken back, as far as is known. */
  until: number;
}

/** How often items are counted that have ended and that are in flight, at most; in milliseconds. */
const countMs = 100;

/**
 * Says what happens in a run, as a trace shows it. It keeps only what it needs of items in flight. Main hears of a start when the item
 * has ended: so what is said is not in the order of its times.
 */
export class RunTrace implements RunWatcher {
  readonly #emit: (event: TraceEvent) => void;
  readonly #attempts: AttemptLog;
  #run!: WatchedRun;
  /** The batches of the items in flight. */
  readonly #batches = new Map<number, Batch>();
  /** Items that a slot was running that is given up: where, from when, and how long. */
  readonly #cut = new Map<number, { readonly slot: SlotId; readonly startMs: number; readonly ms: number }>();
  /** When main has got the report that is being read; undefined: none. */
  #receivedAt: number | undefined;
  #firstEnd = Infinity;
  #reported = 0;
  #ended = 0;
  #countedAt = 0;

  /** `also` hears of each attempt, too. `separator` ends each record that is text. */
  constructor(emit: (event: TraceEvent) => void, also?: (attempt: Attempt) => void, separator?: "\n" | "\0") {
    this.#emit = emit;
    this.#attempts = new AttemptLog((attempt) => {
      this.#note(attempt);
      also?.(attempt);
    }, separator);
  }

  begin(run: WatchedRun): void {
    this.#attempts.begin(run);
    this.#run = run;
    this.#batches.clear();
    this.#cut.clear();
    this.#ended = 0;
    this.#countedAt = run.clock.now();
    this.#emit({ kind: "width", atMs: this.#countedAt, threads: run.threads, tasks: run.state.tasks });
  }

  running(items: readonly RunningSince[]): void {
    this.#attempts.running(items);
    const now = this.#run.clock.now();
    for (const { item, since } of items) {
      const batch = this.#batches.get(item);
      if (batch === undefined) continue;
      const ms = Math.max(0, msSince(since, now));
      this.#cut.set(item, { slot: batch.slot, startMs: now - ms, ms });
    }
  }

  reported(slot: PoolSlot, message: FromSlot & { readonly kind: "results" }): void {
    const now = this.#receivedAt = this.#run.clock.now();
    this.#firstEnd = Infinity;
    this.#reported = 0;
    this.#attempts.reported(slot, message);
    this.#receivedAt = undefined;
    if (this.#reported > 0) {
      const startMs = Math.min(this.#firstEnd, now); // the clocks of two processes may differ by some microseconds
      this.#emit({ kind: "send", slot: slot.id, startMs, ms: now - startMs, items: this.#reported });
    }
    if (now - this.#countedAt >= countMs) this.#count(now);
  }

  heard(event: Event): void {
    const atMs = this.#run.clock.now();
    switch (event.kind) {
      case "reclaimed": {
        const items = event.ranges.reduce((sum, range) => sum + this.#takenBack(event.slot, range, atMs), 0);
        if (items === 0 || this.#run.state.stopped) return;
        const line = this.#run.blocks.lineOf(event.ranges[0].first);
        return this.#emit({ kind: "steal", slot: event.slot, atMs, items, line });
      }
      case "died":
      case "crashed":
        return this.#gone(event.slot, atMs);
      case "tuned":
        return this.#emit({ kind: "width", atMs, threads: event.threads, tasks: event.tasks });
    }
  }

  decided(command: Command, event: Event, death: LastDeath): void {
    const atMs = this.#run.clock.now();
    switch (command.kind) {
      case "send":
        this.#sent(command.slot, command.range, atMs);
        break;
      case "kill":
        this.#gone(command.slot, atMs);
        this.#emit({ kind: "kill", slot: command.slot, atMs });
        break;
      case "start":
        if (event.kind !== "tuned") this.#emit({ kind: "restart", slot: command.slot, atMs });
        break;
      case "backOff":
        if ("slot" in event) {
          const { item, attempt } = command;
          const line = this.#run.blocks.lineOf(item);
          this.#emit({ kind: "retry", slot: event.slot, atMs, line, attempt });
        }
    }
    this.#attempts.decided(command, event, death);
  }

  /** The run is over. */
  end(): void {
    this.#count(this.#run.clock.now());
  }

  #sent(slot: SlotId, range: Range, sentAt: number): void {
    const { blocks } = this.#run;
    const items = range.end - range.first;
    const batch = { slot, sentAt, items, line: blocks.lineOf(range.first), left: items, until: sentAt };
    for (let item = range.first; item < range.end; item++) {
      this.#batches.set(item, batch);
      if (this.#cut.size > 0) this.#runsAgain(item);
    }
  }

  /** An item that was cut off, and has not failed by that, is sent once more. */
  #runsAgain(item: number): void {
    const cut = this.#cut.get(item);
    if (cut === undefined) return;
    this.#cut.delete(item);
    const { state, blocks } = this.#run;
    const [line, attempt] = [blocks.lineOf(item), state.attempts.get(item) ?? 1];
    this.#emit({ kind: "attempt", ...cut, line, attempt, pendingMs: 0, outcome: "again" });
  }

  #note({ item, slot, line, attempt, ran, error, bytes }: Attempt): void {
    const now = this.#receivedAt;
    const batch = this.#batches.get(item);
    this.#batches.delete(item);
    this.#cut.delete(item);
    this.#ended++;
    const of = {
      line,
      attempt,
      bytes,
      outcome: error === undefined ? "ok" : error.code ?? "error",
      error: error?.name,
    };
    if (ran === undefined) return; // nobody knows when
    const { startMs, ms, pendingMs = 0 } = ran;
    const queueMs = batch && Math.max(0, startMs - batch.sentAt);
    const sendMs = now === undefined ? undefined : Math.max(0, now - startMs - ms);
    this.#emit({ kind: "attempt", slot, startMs, ms, pendingMs, ...of, queueMs, sendMs });
    if (batch !== undefined) this.#leftQueue(batch, startMs);
    this.#reported++;
    this.#firstEnd = Math.min(this.#firstEnd, startMs + ms);
  }

  /** Returns how many of these items that slot had. */
  #takenBack(slot: SlotId, { first, end }: Range, atMs: number): number {
    let items = 0;
    for (let item = first; item < end; item++) {
      const batch = this.#batches.get(item);
      if (batch?.slot !== slot) continue; // it is elsewhere since its slot has died
      this.#batches.delete(item);
      this.#leftQueue(batch, atMs);
      items++;
    }
    return items;
  }

  #leftQueue(batch: Batch, atMs: number): void {
    batch.until = Math.max(batch.until, atMs);
    if (--batch.left === 0) this.#emitQueue(batch);
  }

  #emitQueue({ slot, sentAt, until, items, line }: Batch): void {
    this.#emit({ kind: "queue", slot, startMs: sentAt, ms: until - sentAt, items, line });
  }

  /** A slot is gone with all that waited in it. */
  #gone(slot: SlotId, atMs: number): void {
    const batches = new Set<Batch>();
    for (const [item, batch] of this.#batches) {
      if (batch.slot !== slot) continue;
      batches.add(batch);
      this.#batches.delete(item);
    }
    for (const batch of batches) this.#emitQueue({ ...batch, until: Math.max(batch.until, atMs) });
  }

  #count(now: number): void {
    const ms = now - this.#countedAt;
    if (ms > 0) this.#emit({ kind: "rate", atMs: this.#countedAt, itemsPerSecond: this.#ended / ms * 1000 });
    this.#emit({ kind: "inFlight", atMs: now, items: this.#batches.size });
    this.#ended = 0;
    this.#countedAt = now;
  }
}

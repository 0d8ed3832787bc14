import type { ItemError } from "../../model/item.ts";
import type { Command, Event, SlotId } from "../schedule/scheduler.ts";
import { msSince } from "../wire/block.ts";
import type { StartTime } from "../wire/numbers.ts";
import { spanWords } from "../wire/probed.ts";
import { type FromSlot, recordKind, type RunningSince } from "../wire/protocol.ts";
import { viewChunk } from "../wire/result_chunks.ts";
import type { LastDeath } from "./last_death.ts";
import type { PoolSlot } from "./pool_slot.ts";
import type { RunWatcher, WatchedRun } from "./run_watcher.ts";

/** An attempt of an item that has ended: where and when it ran, and how it ended. */
export interface Attempt {
  readonly item: number;
  readonly line: number;
  readonly slot: SlotId;
  /** Counted from 1. */
  readonly attempt: number;
  /**
   * When it started, in milliseconds of the pool's clock, how long it took, and how much of that, at its end, its promise was pending,
   * if that was measured; undefined where a lost thread has not told.
   */
  readonly ran: { readonly startMs: number; readonly ms: number; readonly pendingMs?: number } | undefined;
  /** Why it failed; undefined: it ended well. */
  readonly error: Pick<ItemError, "name" | "code"> | undefined;
  /** Length of its record, or of all values of a generator, as the slot has made them. */
  readonly bytes: number;
}

/** How an item ended: its error, if it failed, and how long its record is. */
interface End {
  readonly error?: ItemError;
  readonly bytes: number;
}

const decoder = new TextDecoder();

/**
 * Finds out which attempts of items end, in the order in which main hears of it. What a slot reports it joins with the spans that
 * come with it; the attempts that main itself makes fail, because their slot is gone, it takes from the scheduler's decisions. An item that runs
 * again because it was beside one that crashed its process, or blocked its thread, has had no attempt.
 */
export class AttemptLog implements RunWatcher {
  readonly note: (attempt: Attempt) => void;
  readonly #separator: number;
  /** Bytes of the values that generators have given so far, by item. */
  readonly #values = new Map<number, number>();
  /** When items started that a lost slot was running. */
  #running: ReadonlyMap<number, StartTime> = new Map();
  #run!: WatchedRun;

  /** `separator` ends each record that is text. */
  constructor(note: (attempt: Attempt) => void, separator: "\n" | "\0" = "\n") {
    this.note = note;
    this.#separator = separator.charCodeAt(0);
  }

  begin(run: WatchedRun): void {
    this.#run = run;
  }

  running(items: readonly RunningSince[]): void {
    this.#running = new Map(items.map(({ item, since }) => [item, since]));
  }

  reported(slot: PoolSlot, message: FromSlot & { kind: "results" }): void {
    const { spans } = message;
    const ends = this.#endsOf(slot, message);
    for (let i = 0; spans !== undefined && i < spans.length; i += spanWords) {
      const [item, startMs, ms, pendingMs] = [spans[i], spans[i + 1], spans[i + 2], spans[i + 3]];
      const end = ends.get(item);
      if (end !== undefined) {
        this.#add(item, slot.id, this.#attempts(item), { startMs, ms, pendingMs }, end.error, end.bytes);
      }
    }
  }

  decided(command: Command, event: Event, death: LastDeath): void {
    if (command.kind === "fail") {
      const { item, slot, why, attempts } = command;
      this.#lost(item, slot, attempts, death.errorOf(why));
    } else if (command.kind === "backOff" && event.kind !== "ended" && "slot" in event) {
      const { item, attempt } = command;
      this.#lost(item, event.slot, attempt - 1, death.errorOf(event.kind === "expired" ? "timeout" : "lost"));
    }
  }

  #lost(item: number, slot: SlotId, attempt: number, error: ItemError): void {
    const since = this.#running.get(item);
    this.#add(item, slot, attempt, since === undefined ? undefined : this.#ranSince(since), error, 0);
  }

  #ranSince(since: StartTime): Attempt["ran"] {
    const now = this.#run.clock.now();
    const ms = Math.max(0, msSince(since, now));
    return { startMs: now - ms, ms };
  }

  #add(item: number, slot: SlotId, attempt: number, ran: Attempt["ran"], error: End["error"], bytes: number): void {
    const line = this.#run.blocks.lineOf(item);
    const values = this.#values.get(item) ?? 0;
    this.#values.delete(item);
    this.note({ item, line, slot, attempt, ran, error, bytes: values + bytes });
  }

  #attempts(item: number): number {
    return this.#run.state.attempts.get(item) ?? 1;
  }

  /** How the items of a message ended. Neighbours have one stretch: where one's record ends, the separator tells. */
  #endsOf(slot: PoolSlot, { chunk, buffer, stretches }: FromSlot & { kind: "results" }): Map<number, End> {
    const all = chunk === undefined ? new Uint8Array(buffer ?? new ArrayBuffer()) : viewChunk(slot.results, chunk);
    const ends = new Map<number, End>();
    for (let i = 0, at = 0; i < stretches.length; i += 4) {
      const [kind, first, items, length] = [stretches[i], stretches[i + 1], stretches[i + 2], stretches[i + 3]];
      if (kind === recordKind.value) this.#values.set(first, (this.#values.get(first) ?? 0) + length);
      else if (kind === recordKind.error || kind === recordKind.lateError) {
        ends.set(first, { error: errorOf(all.subarray(at, at + length)), bytes: length });
      } else if (items === 1) ends.set(first, { bytes: length });
      else {
        for (let item = first, from = at; item < first + items; item++) {
          const to = all.indexOf(this.#separator, from) + 1;
          ends.set(item, { bytes: to - from });
          from = to;
        }
      }
      at += length;
    }
    return ends;
  }
}

/** The error of a record. */
function errorOf(record: Uint8Array): ItemError {
  return (JSON.parse(decoder.decode(record)) as { readonly error: ItemError }).error;
}

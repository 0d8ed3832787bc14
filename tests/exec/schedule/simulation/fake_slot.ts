import { RangeSet } from "../../../../lib/exec/schedule/range_set.ts";
import type { SlotId } from "../../../../lib/exec/schedule/scheduler.ts";
import { errorRecord } from "../../../../lib/exec/wire/error_record.ts";
import { graceOf } from "../../../../lib/exec/wire/grace.ts";
import type { Generation } from "../../../../lib/exec/wire/numbers.ts";
import {
  controlWord,
  type FromSlot,
  type RecordKind,
  recordKind,
  type ToSlot,
} from "../../../../lib/exec/wire/protocol.ts";
import { ResultChunks } from "../../../../lib/exec/wire/result_chunks.ts";
import { Violation } from "./ledger.ts";
import type { Fate } from "./scenario.ts";
import type { Table } from "./table.ts";

/** What a slot needs from the world around it. */
export interface Surroundings {
  readonly table: Table;
  readonly now: number;
  after(ms: number, act: () => void): void;
  fate(slot: FakeSlot, item: number): Fate;
  /** Whether something with an even chance happens. */
  flip(): boolean;
  /** How long a record is, in bytes. */
  bytes(): number;
  /** Whether the consumer is busy with outcomes, and waits for none. */
  readonly consumes: boolean;
  /** Whether an item whose error asks to wait keeps its place. */
  readonly keepsPlaces: boolean;
  /** Whether items that take no time end inside the call that starts them. */
  readonly atOnce: boolean;
}

interface Running {
  readonly item: number;
  readonly since: number;
  readonly endsOnCancel: boolean;
  readonly asksMs: number | undefined;
  over: boolean;
  /** Bytes of its values that have left and that main has not taken. */
  ahead: number;
  /** Values that wait until main has taken enough of the earlier ones. */
  behind: number;
  /** How it ends when nothing waits any more. */
  ending: Fate["end"] | undefined;
  values: number;
}

interface Entry {
  readonly kind: RecordKind;
  readonly first: number;
  readonly end: number;
  readonly bytes: Uint8Array;
}

/** How long outcomes wait to be reported together: while items wait, and between items that compute. */
const [gatherMs, computingMs] = [5, 25];

const encoder = new TextEncoder();

/** The bytes of a record, which tell where they come from. `value`: which of the item's values it is, from 1. */
export function tagOf(generation: number, item: number, value = 0): number {
  return (generation * 97 + item * 7 + value) & 255;
}

/** One thread of a slot: starts the items that it is sent, lowest first, and reports those that ended. Never reused. */
export class FakeSlot {
  readonly generation: Generation;
  /** It has posted that it has loaded the job. */
  up = false;
  /** It has failed by itself, or was terminated. */
  dead = false;
  terminated = false;
  /** How long the record of each item was that ended here, and the records of its values. */
  readonly lengths = new Map<number, number>();
  readonly valueLengths = new Map<number, number[]>();
  /** What it has told main of the next attempts of items, in milliseconds; negative: there is none. */
  readonly hints = new Map<number, number>();
  /** Output that main has not taken. */
  untaken = 0;
  readonly #world: Surroundings;
  readonly #say: (message: FromSlot) => void;
  #load: (ToSlot & { kind: "load" }) | undefined;
  #chunks: ResultChunks | undefined;
  #spans: number[] = [];
  readonly #chunksOut = new Set<number>();
  #control: Int32Array = new Int32Array(controlWord.length);
  readonly #queue = new RangeSet();
  readonly #running = new Map<number, Running>();
  /** The item that blocks the thread, and everything that has to wait until it ends. */
  #blockedBy: number | undefined;
  readonly #blocked: (() => void)[] = [];
  #outbox: Entry[] = [];
  #hintsOut: number[] = [];
  /** When the oldest of it ended. */
  #endedAt = 0;
  #reportedAt = 0;
  #willReport = false;
  #paused = false;
  /** Places that are kept empty. */
  #kept = 0;

  constructor(generation: Generation, world: Surroundings, say: (message: FromSlot) => void) {
    this.generation = generation;
    this.#world = world;
    this.#say = say;
  }

  get id(): SlotId {
    return this.#load?.thread ?? -1;
  }

  /** Sets the words that main shares with its slots. */
  set control(words: Int32Array) {
    this.#control = words;
  }

  /** Whether the item blocks the thread. */
  isHeldBy(item: number): boolean {
    return this.#blockedBy === item;
  }

  load(message: ToSlot & { kind: "load" }): void {
    this.#load = message;
    this.#chunks = new ResultChunks(message.results);
  }

  /** Receives items. The table already says that they belong to this slot. */
  take(first: number, end: number): void {
    this.#turn(() => {
      if (this.#queue.size + this.#running.size === 0) this.#reportedAt = this.#world.now;
      this.#queue.add(first, end);
      this.#pump();
    });
  }

  hear(message: ToSlot): void {
    this.#turn(() => {
      switch (message.kind) {
        case "taken":
          this.untaken -= message.bytes;
          if (this.untaken < 0) throw new Violation(`slot ${this.id} gets back more than it has sent`);
          for (const chunk of message.chunks) {
            if (!this.#chunksOut.delete(chunk)) throw new Violation(`slot ${this.id} gets chunk ${chunk} back twice`);
            this.#chunks?.release(chunk);
          }
          this.#paused = false;
          return this.#pump();
        case "takenOf":
          return this.#takenOf(message.item, message.bytes);
        case "resume":
        case "width":
          return this.#pump();
        case "stop":
          this.#queue.clear();
          return this.cancelAll();
      }
    });
  }

  /** An item is cancelled: it ends if it listens, and in any case after a grace if it does not block its thread. */
  cancel(item: number): void {
    const run = this.#running.get(item);
    if (run === undefined) return;
    if (run.endsOnCancel) return this.#end(run, "error");
    if (this.#blockedBy === undefined) {
      this.#world.after(graceOf(this.#control[controlWord.limitMs]), () => this.#turn(() => this.#end(run, "error")));
    }
  }

  cancelAll(): void {
    for (const run of [...this.#running.values()]) if (run.endsOnCancel) this.#end(run, "error");
  }

  /** What has ended leaves, and nothing else happens here. `asked`: whether the thread can still report. */
  die(canReport: boolean): void {
    if (canReport) this.#report();
    this.dead = true;
  }

  #turn(act: () => void): void {
    if (this.dead) return;
    if (this.#blockedBy === undefined) act();
    else this.#blocked.push(act);
  }

  #pump(): void {
    if (this.dead) return;
    for (let item = this.#queue.lowest; item !== undefined; item = this.#queue.lowest) {
      if (this.#control[controlWord.stopped] !== 0 || this.#blockedBy !== undefined || !this.#mayStart(item)) break;
      this.#queue.remove(item, item + 1);
      if (this.#outbox.length > 0 && this.#world.now - this.#endedAt >= computingMs) this.#report();
      if (this.dead) return; // main has answered at once, with an item that ended the thread
      if (this.#world.table.start(item, this, this.#world.now)) this.#start(item);
      if (this.dead) return;
    }
    if (this.#queue.size + this.#running.size === 0) this.#report();
    else if (!this.#willReport && this.#outbox.length > 0) {
      this.#willReport = true;
      this.#world.after(gatherMs, () =>
        this.#turn(() => {
          this.#willReport = false;
          this.#report();
        }));
    }
  }

  /** Whether it sees the words that main writes at once; what a process knows may be out of date. */
  get sharesControl(): boolean {
    return this.#control === this.#load?.control;
  }

  /** The item that the output waits for. */
  get awaited(): number {
    return this.#control[controlWord.nextOut];
  }

  /** As in lib/exec/slot: room for one more task, and for its output, which the item that all output waits for does not need. */
  #mayStart(item: number): boolean {
    if (this.#world.table.phase(item, this) !== "assigned") return true; // it was taken back, and does not hold up the others
    const hasCredit = this.untaken < (this.#load?.credit ?? 0);
    const suspended = [...this.#running.values()].some(({ values }) => values > 0);
    if (this.#running.size + this.#kept < this.#control[controlWord.tasks] && hasCredit) return true;
    if (item === this.#control[controlWord.nextOut]) {
      if (this.sharesControl && !hasCredit && this.#world.consumes) {
        throw new Violation(`${item} passes the credit of slot ${this.id}`);
      }
      return !hasCredit || suspended;
    }
    if ((!hasCredit || suspended) && !this.#paused) {
      this.#paused = true;
      this.#report();
      this.#say({ kind: "paused" });
    }
    return false;
  }

  #start(item: number): void {
    const { ms, end, values, blocks, endsOnCancel, asksMs } = this.#world.fate(this, item);
    const starting = { since: this.#world.now, over: false, ahead: 0, behind: 0, ending: undefined };
    const run = { item, endsOnCancel, asksMs, values: values.length, ...starting };
    this.#running.set(item, run);
    this.valueLengths.set(item, []);
    if (blocks) this.#blockedBy = item;
    for (const at of values) this.#world.after(at, () => this.#turn(() => this.#yield(run)));
    if (ms === 0 && blocks && this.#world.atOnce) this.#end(run, end);
    else if (ms < Infinity) this.#world.after(ms, () => this.#end(run, end));
  }

  /** A generator gives a value, or waits until main has taken enough of the earlier ones. */
  #yield(run: Running): void {
    if (run.over) return;
    const credit = (this.#load?.credit ?? 0) / Math.max(1, this.#control[controlWord.tasks]);
    if (run.ahead >= credit) return void run.behind++;
    const lengths = this.valueLengths.get(run.item) ?? [];
    const bytes = new Uint8Array(1 + this.#world.bytes());
    lengths.push(bytes.length);
    this.#add({
      kind: recordKind.value,
      first: run.item,
      end: run.item + 1,
      bytes: bytes.fill(tagOf(this.generation, run.item, lengths.length)),
    });
    this.#pump();
  }

  #takenOf(item: number, bytes: number): void {
    const run = this.#running.get(item);
    if (run === undefined) return;
    run.ahead -= bytes;
    if (run.ahead < 0) throw new Violation(`${item} gets back more than it has sent`);
    for (let left = run.behind; left > 0; left--) {
      run.behind--;
      this.#yield(run);
    }
    if (run.behind === 0 && run.ending !== undefined) this.#end(run, run.ending);
  }

  #end(run: Running, how: Fate["end"]): void {
    if (this.dead || run.over) return;
    if (this.#blockedBy === run.item) this.#blockedBy = undefined;
    else if (this.#blockedBy !== undefined) return void this.#blocked.push(() => this.#end(run, how));
    if (how === "ok" && run.behind > 0) {
      run.ending = how;
      return;
    }
    if (how === "fatal") {
      this.die(true);
      return this.#say({ kind: "fatal", message: "the job's fault" });
    }
    run.over = true;
    this.#running.delete(run.item);
    this.#world.table.finish(run.item, this);
    this.#spans.push(run.item, run.since, this.#world.now - run.since, 0);
    this.#add({ ...this.#record(run, how), first: run.item, end: run.item + 1 });
    if (how === "error") this.#hint(run);
    this.#pump();
    while (this.#blockedBy === undefined && !this.dead && this.#blocked.length > 0) this.#blocked.shift()?.();
  }

  #record({ item, values }: Running, how: "ok" | "error"): { kind: RecordKind; bytes: Uint8Array } {
    const yielded = (this.valueLengths.get(item) ?? []).length > 0;
    const text = errorRecord(item + 1, { name: "Error", message: String(this.generation) }, "\n");
    const bytes = how === "error"
      ? encoder.encode(text)
      : new Uint8Array(values > 0 ? 0 : this.#world.bytes()).fill(tagOf(this.generation, item));
    this.lengths.set(item, bytes.length);
    if (how === "error") return { kind: yielded ? recordKind.lateError : recordKind.error, bytes };
    return { kind: values > 0 ? recordKind.end : recordKind.ok, bytes };
  }

  /** As lib/exec/slot/retry_hint.ts: no hints without retries, and no pause that is too long. */
  #hint({ item, asksMs }: Running): void {
    const { maxMs, names } = this.#load?.retry ?? {};
    if (maxMs === undefined) return;
    const isFinal = names?.includes("Error") === false || asksMs !== undefined && asksMs > maxMs;
    const hint = isFinal ? -1 : asksMs;
    this.hints.delete(item); // of an earlier attempt
    if (hint === undefined) return;
    this.hints.set(item, hint);
    this.#hintsOut.push(item, hint);
    if (hint <= 0 || !this.#world.keepsPlaces) return;
    this.#kept++;
    this.#world.after(hint, () =>
      this.#turn(() => {
        this.#kept--;
        this.#pump();
      }));
  }

  #add(entry: Entry): void {
    if (this.#outbox.length === 0) this.#endedAt = this.#world.now;
    this.#outbox.push(entry);
  }

  #report(): void {
    if (this.#outbox.length === 0 || this.dead) return;
    const entries: Entry[] = [];
    for (const entry of this.#outbox.sort((a, b) => a.first - b.first)) {
      const last = entries.at(-1);
      const joins = last?.kind === recordKind.ok && entry.kind === recordKind.ok && last.end === entry.first;
      if (last !== undefined && joins) {
        entries[entries.length - 1] = { ...last, end: entry.end, bytes: joined([last.bytes, entry.bytes]) };
      } else entries.push(entry);
    }
    this.#outbox = [];
    const all = joined(entries.map(({ bytes }) => bytes));
    this.untaken += all.length;
    for (const { kind, first, bytes } of entries) {
      const run = kind === recordKind.value ? this.#running.get(first) : undefined;
      if (run !== undefined) run.ahead += bytes.length;
    }
    const ms = this.#world.now - this.#reportedAt;
    this.#reportedAt = this.#world.now;
    const stretches = entries.flatMap(({ kind, first, end, bytes }) => [kind, first, end - first, bytes.length]);
    const [spans, hints] = [this.#spans, this.#hintsOut.length > 0 ? this.#hintsOut : undefined];
    this.#spans = [];
    this.#hintsOut = [];
    this.#say({ kind: "results", ...this.#store(all), stretches, hints, ms, pendingMs: 0, spans });
  }

  #store(bytes: Uint8Array<ArrayBuffer>): { chunk: number } | { buffer: ArrayBuffer } {
    const chunk = this.#world.flip() ? this.#chunks?.next : undefined;
    if (this.#chunks === undefined || chunk === undefined) return { buffer: bytes.buffer };
    this.#chunks.view(chunk).set(bytes);
    this.#chunks.take();
    this.#chunksOut.add(chunk);
    return { chunk };
  }
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

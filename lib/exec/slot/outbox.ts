import { type FromSlot, type RecordKind, recordKind } from "../wire/protocol.ts";
import { chunkBytes, type ResultChunks } from "../wire/result_chunks.ts";
import type { InexactItems } from "./item_reader.ts";
import type { ItemSpans } from "./item_spans.ts";
import { type Records, sum, writeAll } from "./records.ts";
import type { SlotProbes } from "./slot_probes.ts";
import type { StartedItem } from "./started_item.ts";
import type { WidthReports } from "./width_reports.ts";
import { ArrayBuffer, bytesSet, push, sort, typedArrayLength, Uint8Array } from "../../natives.ts";

type Results = FromSlot & { readonly kind: "results" };

/** What an outbox needs of its slot. */
export interface OutboxOptions {
  /** The message's buffer, if it has one, is transferred. */
  readonly post: (message: FromSlot, buffer?: ArrayBuffer) => void;
  /** Where records are written for main to read. */
  readonly chunks: ResultChunks;
  /** Milliseconds; never goes back. */
  readonly now: () => number;
  /** Processor time of this thread in milliseconds, if it is to be measured. */
  readonly cpuNow?: () => number | undefined;
  /** What else is to be measured. */
  readonly probes?: SlotProbes;
  /** When items ran, if that is to be reported. */
  readonly spans?: ItemSpans;
  /** What a report says of the slot's width, if that is chosen. */
  readonly width?: Pick<WidthReports, "takeReport">;
}

/** The job may write to its bytes again. Bytes that fill the outbox are copied at once, because it leaves at once. */
function copy(bytes: Uint8Array): Uint8Array {
  const kept = new Uint8Array(typedArrayLength(bytes));
  bytesSet(kept, bytes);
  return kept;
}

/** Outcomes of a thread that waits leave after this long, in milliseconds. */
export const gatherMs = 5;

/**
 * How long those of a thread that computes wait, in milliseconds; they leave between two items. Each flush wakes main, on a
 * core that some slot was using, for 0.2 ms: with 3,000 items of 1 ms on 2 cores, 5 ms here cost 6 % more time than 25, and
 * 50 gain nothing (measured in pairs).
 */
const computingMs = 25;

/**
 * More than this, and the outbox is full: what is in it should leave. Above 128 KiB its text would be a large object to
 * V8, and stay until a full collection.
 */
const fullLength = 96 * 1024;

/** Gathers the records of ended items until they leave together, as one buffer that is transferred. */
export class Outbox {
  readonly #options: OutboxOptions;
  readonly #inexact: InexactItems | undefined;
  #stretches: Records[] = [];
  #hints: number[] = [];
  #length = 0;
  #busySince: number;
  #cpuAt: number | undefined; // not before the first results: the first call takes 10 ms
  #pendingMs = 0;

  constructor(options: OutboxOptions, inexact?: InexactItems) {
    this.#options = options;
    this.#inexact = inexact;
    this.#busySince = options.now();
  }

  get isEmpty(): boolean {
    return this.#stretches.length === 0;
  }

  /** It must be flushed before the job runs on. */
  get isFull(): boolean {
    return this.#length >= fullLength;
  }

  /**
   * Whether what is in it should leave before more work begins: it is full, or the last flush, or the beginning of work, is
   * long ago. The age of the records does not count: one of a slow item would wait for the next slow item.
   */
  isDue(now: number): boolean {
    return this.isFull || now - this.#busySince >= computingMs;
  }

  /** Work begins after a pause, which the next reading does not count. */
  startClock(): void {
    this.#busySince = this.#options.now();
    if (this.#cpuAt !== undefined) this.#cpuAt = this.#options.cpuNow?.();
    this.#options.probes?.begin();
  }

  /** Nothing is left to do. Called before the last outcomes leave: the probes' readings leave with them. */
  stopClock(): void {
    this.#options.probes?.end();
  }

  /** A promise has settled after so long. */
  addPending(ms: number): void {
    this.#pendingMs += ms;
  }

  /** An item has its outcome, which is added next. */
  itemEnded(started: StartedItem): void {
    this.#options.probes?.itemEnded(started);
    this.#options.spans?.itemEnded(started);
  }

  /** An item that ended well, with one record. Records of neighbours are joined; bytes are not, because nothing separates them. */
  addOk(item: number, content: string | Uint8Array): void {
    const last = this.#stretches[this.#stretches.length - 1];
    if (last !== undefined && last.kind === recordKind.ok && last.end === item && this.#append(last, content)) {
      last.end = item + 1;
    } else this.add(recordKind.ok, item, content);
  }

  /** A value of an item that goes on. */
  addValue(item: number, content: string | Uint8Array): void {
    const last = this.#stretches[this.#stretches.length - 1];
    if (last !== undefined && last.kind === recordKind.value && last.first === item && this.#append(last, content)) {
      return;
    }
    this.add(recordKind.value, item, content);
  }

  /** An entry of its own. */
  add(kind: RecordKind, item: number, content: string | Uint8Array): void {
    this.#length += typeof content === "string" ? content.length : typedArrayLength(content);
    const kept = typeof content === "string" ? content : [this.isFull ? content : copy(content)];
    push(this.#stretches, { kind, first: item, end: item + 1, content: kept });
  }

  /** When the item that has just failed may run again, as the message says it. */
  addHint(item: number, afterMs: number): void {
    push(this.#hints, item);
    push(this.#hints, afterMs);
  }

  #append(records: Records, content: string | Uint8Array): boolean {
    if (typeof records.content !== "string" || typeof content !== "string") return false;
    records.content += content;
    this.#length += content.length;
    return true;
  }

  /** Posts all there is. Returns how many bytes that was; calls `valuesLeft` with how many were of an item that goes on. */
  flush(valuesLeft: (item: number, bytes: number) => void): number {
    if (this.#stretches.length === 0) return 0;
    const stretches = this.#merged();
    const { chunk, buffer, lengths, used } = this.#encode(stretches);
    const flat: number[] = [];
    for (let i = 0; i < stretches.length; i++) {
      const { kind, first, end } = stretches[i];
      push(flat, kind);
      push(flat, first);
      push(flat, end - first);
      push(flat, lengths[i]);
      if (kind === recordKind.value) valuesLeft(first, lengths[i]);
    }
    this.#stretches = [];
    this.#length = 0;
    const hints = this.#hints.length > 0 ? this.#hints : undefined;
    if (hints !== undefined) this.#hints = [];
    this.#post({ chunk, buffer, stretches: flat, hints });
    return used;
  }

  /** Posts a reading without results. */
  report(): void {
    this.#post({ stretches: [] });
  }

  /** When the last reading left, or work began. */
  get reportedAt(): number {
    return this.#busySince;
  }

  #post(results: Pick<Results, "chunk" | "buffer" | "stretches" | "hints">): void {
    const now = this.#options.now();
    const ms = now - this.#busySince;
    this.#busySince = now;
    const cpu = this.#cpuAt === undefined ? undefined : this.#options.cpuNow?.();
    const cpuMs = cpu === undefined || this.#cpuAt === undefined ? undefined : cpu - this.#cpuAt;
    const pendingMs = this.#pendingMs;
    this.#pendingMs = 0;
    const { cpuNow, post, probes, spans, width } = this.#options;
    const counted = { ms, pendingMs, cpuMs, inexact: this.#inexact?.take(), spans: spans?.take(now) };
    post({ kind: "results", ...results, ...counted, ...probes?.take(now), ...width?.takeReport() }, results.buffer);
    this.#cpuAt = cpu ?? cpuNow?.();
  }

  /** The records by their items, neighbours joined: tasks end in any order. The values of one item keep theirs. */
  #merged(): readonly Records[] {
    const stretches = this.#stretches;
    sort(stretches, (a, b) => a.first - b.first); // stable
    const merged: Records[] = [];
    for (let i = 0; i < stretches.length; i++) {
      const records = stretches[i];
      const last = merged[merged.length - 1];
      if (
        last !== undefined && last.kind === recordKind.ok && records.kind === recordKind.ok &&
        last.end === records.first &&
        typeof last.content === "string" && typeof records.content === "string"
      ) {
        last.content += records.content;
        last.end = records.end;
      } else push(merged, records);
    }
    return merged;
  }

  /**
   * Writes the records one after the other: into a chunk of shared memory if one is free and they fit, else into a buffer
   * of their own.
   */
  #encode(stretches: readonly Records[]): { chunk?: number; buffer?: ArrayBuffer; lengths: number[]; used: number } {
    const { chunks } = this.#options;
    const chunk = this.#length <= chunkBytes ? chunks.next : undefined;
    if (chunk !== undefined) {
      const lengths = writeAll(stretches, chunks.view(chunk));
      if (lengths !== undefined) {
        chunks.take();
        return { chunk, lengths, used: sum(lengths) };
      }
    }
    // UTF-8 takes at most three bytes for a unit of text; mostly one will do.
    for (let length = this.#length;; length = 3 * this.#length) {
      const buffer = new ArrayBuffer(length);
      const lengths = writeAll(stretches, new Uint8Array(buffer));
      if (lengths !== undefined) return { buffer, lengths, used: sum(lengths) };
    }
  }
}

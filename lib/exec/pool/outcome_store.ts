import type { ItemNumber } from "../wire/numbers.ts";
import type { Delivery, Taken } from "./delivery.ts";
import { type FromSlot, recordKind } from "../wire/protocol.ts";
import { withAttempts } from "../wire/error_record.ts";
import type { Range } from "../schedule/range_set.ts";
import type { PoolSlot } from "./pool_slot.ts";
import { viewChunk } from "../wire/result_chunks.ts";
import type { Stretch } from "../schedule/scheduler.ts";

/** Keeps the records of ended items until they may be delivered. */
export class OutcomeStore {
  /** By first item: its values, if any, then the record that ends it, with those of consecutive items. */
  readonly #kept = new Map<number, Delivery[]>();
  #ready: Delivery[] = [];

  /**
   * Stores a slot's results, and returns which items ended and which yielded values. `attempts` returns how often a failed
   * item has been tried.
   */
  add(
    slot: PoolSlot,
    { chunk, buffer, stretches, hints }: FromSlot & { kind: "results" },
    attempts: (item: number) => number = () => 1,
  ): { ended: Stretch[]; yielded: number[] } {
    const source = { generation: slot.generation, chunk, open: 0 };
    const all = chunk === undefined ? new Uint8Array(buffer ?? new ArrayBuffer()) : viewChunk(slot.results, chunk);
    const ended: Stretch[] = [];
    const yielded: number[] = [];
    const retryAfter = hints && afterMsByItem(hints);
    let at = 0;
    for (let i = 0; i < stretches.length; i += 4) {
      const [kind, first, items, length] = [stretches[i], stretches[i + 1], stretches[i + 2], stretches[i + 3]];
      const bytes = all.subarray(at, at + length);
      at += length;
      source.open++;
      const ok = kind === recordKind.ok || kind === recordKind.end;
      const tries = ok || kind === recordKind.value ? 1 : attempts(first);
      const record = tries === 1 ? { bytes } : { bytes: withAttempts(bytes, tries), sentBytes: length };
      this.#keep({ kind: kindOf(kind), first, items, source, ...record });
      if (kind === recordKind.value) yielded.push(first);
      else {
        const retryAfterMs = ok ? undefined : retryAfter?.get(first);
        const stretch = { first, end: first + items, ok, bytes: length };
        ended.push(retryAfterMs === undefined ? stretch : { ...stretch, retryAfterMs });
      }
    }
    return { ended, yielded };
  }

  /** Adds an error that main made: no slot will report an outcome of this item. */
  addError(item: number, record: Uint8Array): void {
    this.#keep({ kind: "error", first: item, items: 1, bytes: record });
  }

  /** Forgets the outcome of an item that will run again, and returns it. */
  forget(item: number): readonly Delivery[] {
    const kept = this.#kept.get(item) ?? [];
    this.#kept.delete(item);
    return kept;
  }

  /** Makes the records of these items ready to be delivered, in this order. */
  release({ first, end }: Range): void {
    for (let item = first; item < end;) {
      const kept = this.#kept.get(item) ?? [];
      this.#kept.delete(item);
      for (const delivery of kept) this.#ready.push(delivery);
      item += kept.at(-1)?.items ?? 1;
    }
  }

  /** Makes the values of an item that has not ended ready to be delivered. */
  releaseValues(item: number): void {
    const kept = this.#kept.get(item);
    if (kept === undefined || kept.some(({ kind }) => kind !== "value")) return;
    this.#kept.delete(item);
    for (const delivery of kept) this.#ready.push(delivery);
  }

  /** Returns everything that is ready. The caller reports when it has been taken. */
  takeReady(): readonly Delivery[] {
    const ready = this.#ready;
    this.#ready = [];
    return ready;
  }

  get hasReady(): boolean {
    return this.#ready.length > 0;
  }

  #keep(delivery: Delivery): void {
    const kept = this.#kept.get(delivery.first);
    if (kept === undefined) this.#kept.set(delivery.first, [delivery]);
    else kept.push(delivery);
  }
}

/** The hints of a message by their items; Infinity: it does not run again. */
function afterMsByItem(hints: readonly number[]): Map<number, number> {
  const byItem = new Map<number, number>();
  for (let i = 0; i < hints.length; i += 2) byItem.set(hints[i], hints[i + 1] < 0 ? Infinity : hints[i + 1]);
  return byItem;
}

function kindOf(kind: number): Delivery["kind"] {
  return kind === recordKind.ok
    ? "ok"
    : kind === recordKind.value
    ? "value"
    : kind === recordKind.end
    ? "end"
    : "error";
}

/** Sums deliveries that the consumer has taken, and finds the chunks that they free. */
export function sumTaken(deliveries: readonly Delivery[]): Taken {
  const taken: Taken = { items: 0, bytes: 0, byGeneration: new Map(), values: [], chunks: [] };
  for (const delivery of deliveries) {
    const { kind, first, items, source } = delivery;
    if (kind !== "value") taken.items += items;
    if (source === undefined) continue;
    const { generation, chunk } = source;
    const bytes = delivery.sentBytes ?? delivery.bytes.length;
    taken.byGeneration.set(generation, (taken.byGeneration.get(generation) ?? 0) + bytes);
    if (kind === "value") taken.values.push({ generation, item: first as ItemNumber, bytes });
    else taken.bytes += bytes;
    if (--source.open === 0 && chunk !== undefined) taken.chunks.push({ generation, chunk });
  }
  return taken;
}

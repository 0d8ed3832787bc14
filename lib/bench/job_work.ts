import type { Clock } from "../clock.ts";
import { ItemFailed, ThreadLost } from "../errors.ts";
import type { Host } from "../exec/host/host.ts";
import type { Delivery } from "../exec/pool/delivery.ts";
import { openPool, type Pool } from "../exec/pool/pool.ts";
import { valueFormat } from "../exec/run_job.ts";
import type { ItemCodec } from "../exec/wire/protocol.ts";
import type { Spans } from "../exec/wire/probed.ts";
import type { Remedies } from "../exec/wire/remedies.ts";
import type { SlotReading } from "../exec/tuning/slot_reading.ts";
import type { RunWatcher } from "../exec/pool/run_watcher.ts";
import type { PoolEvent, RunOptions } from "../exec/pool/run_options.ts";
import { encodeBytesItem, valueSource } from "../exec/input/value_source.ts";
import type { Meter } from "./machine_load.ts";
import { type Cell, modeName } from "../model/grid.ts";
import type { ItemError, JobReference } from "../model/item.ts";

/** A user's job, and how it runs. */
export interface JobWork {
  readonly job: JobReference;
  /** The job's name as the user wrote it. */
  readonly name: string;
  /** Messages name the job, because there are two. */
  readonly isOneOfTwo?: boolean;
  /** What an item's bytes hold. */
  readonly input: ItemCodec;
  readonly host: Host;
  /** Maximum time of an item, in milliseconds; undefined: no limit. */
  readonly timeoutMs?: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Reads CPU time and memory; by default those of this process. */
  readonly meter?: Meter;
  /** Called with an error that fails no item: it came after its item's end. */
  readonly onLateError?: (message: string) => void;
  /** What to do about errors of items, in the caller's words. */
  readonly remedies?: Remedies;
}

/** Callbacks of a run. */
export interface Listener {
  onReading?(reading: SlotReading): void;
  onDelivery?(delivery: Delivery): void;
  /** Awaited each time when deliveries have come. */
  onTaken?(): Promise<void>;
  /** The slots report all spans for it. */
  readonly watcher?: RunWatcher;
}

/** Where something happened, for messages: a cell, and the job if there are two. */
export function placeOf({ name, isOneOfTwo = false }: Pick<JobWork, "name" | "isOneOfTwo">, cell: Cell): string {
  return isOneOfTwo ? `${modeName(cell)} of ${name}` : modeName(cell);
}

/** Starts fresh slots for one cell. */
export async function openCell(
  work: JobWork,
  { threads, tasks }: Pick<Cell, "threads" | "tasks">,
  spans: Spans = "none",
): Promise<Pool> {
  const { job, name, host, input, signal, clock, remedies } = work;
  const format = { ...valueFormat("json", "json", remedies), input };
  return await openPool({ job, name, threads, tasks, host, format, probes: "all", spans, signal, clock });
}

/**
 * Runs items until all have ended. `indexOf` maps a place among these items to its index among the user's items; `cell` is
 * named in messages.
 *
 * @throws {ItemFailed} an item failed
 * @throws {ThreadLost} a thread was replaced
 */
export async function runItems(
  pool: Pool,
  work: JobWork,
  items: AsyncIterable<Uint8Array> | readonly Uint8Array[],
  { indexOf, cell }: { indexOf(place: number): number; readonly cell: Cell },
  listener: Listener = {},
): Promise<void> {
  const onReading = listener.onReading?.bind(listener);
  let isLost = false;
  const onEvent = (event: PoolEvent) => {
    if (event.kind === "uncaught") work.onLateError?.(event.message);
    isLost ||= event.kind === "restart" || event.kind === "killed";
  };
  const { watcher } = listener;
  const options: RunOptions = { ordered: true, timeoutMs: work.timeoutMs, onReading, onEvent, watcher };
  for await (const deliveries of pool.run(valueSource(items, encodeBytesItem), options)) {
    for (const delivery of deliveries) {
      if (delivery.kind === "error") {
        throw new ItemFailed(indexOf(delivery.first), placeOf(work, cell), errorIn(delivery));
      }
      listener.onDelivery?.(delivery);
    }
    await listener.onTaken?.();
  }
  if (isLost) throw new ThreadLost(placeOf(work, cell));
}

function errorIn({ bytes }: Delivery): ItemError {
  return (JSON.parse(new TextDecoder().decode(bytes)) as { readonly error: ItemError }).error;
}

/** One thread with one task. */
export const serialCell: Cell = { mode: "serial", threads: 1, tasks: 1 };

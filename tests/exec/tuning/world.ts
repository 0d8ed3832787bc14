import type { SlotReading, Width } from "../../../lib/exec/tuning/slot_reading.ts";
import { Machine, type SimulatedThread } from "./machine.ts";

/** What an item does. */
export interface Item {
  /** Computes so long before it waits, in milliseconds. */
  readonly computeMs: number;
  /** Waits so long; undefined if it returns no promise. */
  readonly waitMs?: number;
  /** It fails after that. */
  readonly fails?: boolean;
  /** The service does not count it among those that it serves. */
  readonly isRejected?: boolean;
}

/** What a run meets. */
export interface World {
  readonly cores: number;
  readonly items: number;
  /** The item of that number, started at that time while so many others wait for the same service. */
  readonly item: (index: number, now: number, inFlight: number) => Item;
  /** Items that the input gives in a millisecond; undefined: as many as wanted. */
  readonly input?: number;
  /** Outcomes that the reader takes in a millisecond; undefined: all. */
  readonly reader?: number;
  /** Whether CPU time is known, as from Deno 2.9 on. */
  readonly cpuKnown?: boolean;
  /** In which steps it is counted, in milliseconds. */
  readonly cpuStepMs?: number;
  /** Computing that each item costs beside the job, in its thread, in milliseconds. */
  readonly overheadMs?: number;
}

/** What decides about the width; a fixed one is decided already. */
export interface Decides {
  readonly width: Width;
  readonly yields?: boolean;
  readonly reportMs?: number;
  observe?(reading: SlotReading, now: number): Width | undefined;
  tick?(now: number): Width | undefined;
}

export interface Ran {
  readonly elapsedMs: number;
  readonly ok: number;
  readonly failed: number;
  /** Failures, and all ends, after the first second. */
  readonly lateFailed: number;
  readonly lateEnded: number;
  /** The most items that ran at once. */
  readonly widest: number;
  /** When each item ended, and how long it had taken, in milliseconds. */
  readonly ends: readonly { readonly at: number; readonly ms: number }[];
  /** The widths of the run, with when each began. */
  readonly widths: readonly (Width & { readonly from: number })[];
}

const [startMs, messageMs, gatherMs, computingMs] = [12, 0.2, 5, 25];

/** The run of a world. */
export function run(world: World, decides: Decides): Ran {
  const { cores, items, input, reader, overheadMs = 0.01, cpuKnown = true, cpuStepMs = 0.001 } = world;
  const counted = (ms: number) => Math.floor(ms / cpuStepMs) * cpuStepMs;
  const machine = new Machine(cores);
  const slots: Slot[] = [];
  let width = decides.width;
  const widths = [{ ...width, from: 0 }];
  const ends: { readonly at: number; readonly ms: number }[] = [];
  let [started, ok, failed, lateFailed, lateEnded, inFlight, running, widest] = [0, 0, 0, 0, 0, 0, 0, 0];
  const available = () => {
    const given = input === undefined ? items : Math.min(items, Math.floor(input * machine.now));
    const taken = reader === undefined ? Infinity : reader * machine.now + 1_000; // what is read ahead of the reader
    return Math.min(given, taken) - started;
  };

  interface Slot {
    readonly id: number;
    readonly thread: SimulatedThread;
    up: boolean;
    running: number;
    isComputing: boolean;
    /** Failures since the width was last told. */
    braked: number;
    ended: number;
    spans: number[];
    failed: number;
    pendingMs: number;
    firstRecordAt: number | undefined;
    gathering: boolean;
    reportedAt: number;
    cpuAt: number;
    busyMs: number;
    busySince: number | undefined;
  }

  function startSlot(id: number): void {
    const slot: Slot = {
      id,
      thread: machine.thread(),
      up: false,
      running: 0,
      isComputing: false,
      braked: 0,
      ended: 0,
      spans: [],
      failed: 0,
      pendingMs: 0,
      firstRecordAt: undefined,
      gathering: false,
      reportedAt: machine.now,
      cpuAt: 0,
      busyMs: 0,
      busySince: undefined,
    };
    slots[id] = slot;
    const begin = () => {
      slot.up = true;
      slot.cpuAt = slot.thread.cpuMs;
      slot.reportedAt = machine.now;
      pump(slot);
      beat(slot);
    };
    machine.after(
      machine.now === 0 ? 0 : startMs,
      () => machine.now === 0 ? begin() : machine.compute(slot.thread, 10, begin),
    );
  }

  function pump(slot: Slot): void {
    while (slot.id < width.threads && !slot.isComputing && available() > 0) {
      if (slot.running >= Math.max(1, width.tasks - slot.braked)) break;
      start(slot);
    }
    const busy = slot.running > 0;
    if (busy && slot.busySince === undefined) slot.busySince = machine.now;
    if (!busy && slot.busySince !== undefined) {
      slot.busyMs += machine.now - slot.busySince;
      slot.busySince = undefined;
    }
  }

  function start(slot: Slot): void {
    const index = started++;
    slot.running++;
    widest = Math.max(widest, ++running);
    const startAt = machine.now;
    const first = world.item(index, machine.now, inFlight);
    if (first.waitMs === undefined) {
      slot.isComputing = true;
      machine.compute(slot.thread, first.computeMs + overheadMs, () => {
        slot.isComputing = false;
        end(slot, first, startAt);
      });
      return;
    }
    machine.compute(slot.thread, first.computeMs + overheadMs, () => {
      const { waitMs = 0, fails, isRejected = false } = world.item(index, machine.now, inFlight);
      if (!isRejected) inFlight++;
      machine.after(waitMs, () => {
        if (!isRejected) inFlight--;
        machine.compute(slot.thread, overheadMs, () => end(slot, { ...first, fails }, startAt));
      });
    });
  }

  function end(slot: Slot, { waitMs, fails = false }: Item, startAt: number): void {
    slot.running--;
    running--;
    slot.ended++;
    slot.spans.push(ends.length, startAt, machine.now - startAt, 0);
    ends.push({ at: machine.now, ms: machine.now - startAt });
    if (waitMs !== undefined) slot.pendingMs += machine.now - startAt;
    if (machine.now > 1_000) lateEnded++;
    if (fails) {
      failed++;
      if (machine.now > 1_000) lateFailed++;
      if (waitMs !== undefined && decides.observe !== undefined) {
        slot.failed++;
        if (decides.yields) slot.braked++;
      }
    } else ok++;
    slot.firstRecordAt ??= machine.now;
    if (waitMs === undefined && machine.now - slot.firstRecordAt >= computingMs) report(slot);
    else if (!slot.gathering) {
      slot.gathering = true;
      machine.after(gatherMs, () => {
        slot.gathering = false;
        machine.compute(slot.thread, 0.02, () => slot.ended > 0 && report(slot));
      });
    }
    pump(slot);
  }

  function beat(slot: Slot): void {
    const beatMs = decides.reportMs ?? 10;
    machine.after(beatMs, () =>
      machine.compute(slot.thread, 0.005, () => {
        if (machine.now - slot.reportedAt >= beatMs - 1 && slot.running > 0) report(slot);
        beat(slot);
      }));
  }

  function report(slot: Slot): void {
    const { ended, pendingMs, thread, cpuAt } = slot;
    if (slot.busySince !== undefined) {
      slot.busyMs += machine.now - slot.busySince;
      slot.busySince = machine.now;
    }
    const reading = {
      slot: slot.id,
      items: ended,
      spans: slot.spans,
      failed: slot.failed,
      ms: slot.busyMs,
      pendingMs,
      cpuMs: cpuKnown ? counted(thread.cpuMs) - counted(cpuAt) : undefined,
      full: slot.running >= Math.max(1, width.tasks - slot.braked) && available() > 0,
      threads: slots.filter(({ up }) => up).length,
    };
    slot.ended =
      slot.failed =
      slot.pendingMs =
      slot.busyMs =
        0;
    slot.spans = [];
    slot.firstRecordAt = undefined;
    slot.reportedAt = machine.now;
    slot.cpuAt = thread.cpuMs;
    machine.after(messageMs, () => change(decides.observe?.(reading, machine.now)));
  }

  function change(to: Width | undefined): void {
    if (to === undefined) return;
    width = to;
    widths.push({ ...to, from: machine.now });
    for (let id = 0; id < to.threads; id++) if (slots[id] === undefined) startSlot(id);
    for (const slot of slots) {
      slot.braked = 0;
      if (slot.up) pump(slot);
    }
  }

  function tick(): void {
    machine.after(25, () => {
      change(decides.tick?.(machine.now));
      for (const slot of slots) if (slot.up) pump(slot); // input that has come
      tick();
    });
  }

  for (let id = 0; id < width.threads; id++) startSlot(id);
  tick();
  machine.run(() => ok + failed === items);
  return { elapsedMs: machine.now, ok, failed, lateFailed, lateEnded, widest, ends, widths };
}

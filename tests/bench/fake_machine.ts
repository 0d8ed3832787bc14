import type { JobReference } from "../../lib/model/item.ts";
import type { Meter } from "../../lib/bench/machine_load.ts";
import type { Host } from "../../lib/exec/host/host.ts";
import { controlWord, type FromSlot, recordKind } from "../../lib/exec/wire/protocol.ts";
import { errorRecord } from "../../lib/exec/wire/error_record.ts";
import { type Block, endOf, startOf } from "../../lib/exec/wire/block.ts";
import type { ItemNumber, Place, StartTime } from "../../lib/exec/wire/numbers.ts";
import { RangeSet } from "../../lib/exec/schedule/range_set.ts";
import { seededRandom } from "../../lib/stats/random.ts";
import { type VirtualClock, virtualClock } from "../virtual_clock.ts";

/** What an item of a job does on a machine that is made up. */
export interface FakeJob {
  /** How long an item computes and holds its thread, in milliseconds. A function gets the item, parsed as JSON. */
  readonly computingMs: number | ((item: unknown) => number);
  /** How long it then waits, while its thread runs others; for ever, if that is infinite. */
  readonly waitingMs?: number | ((place: number) => number);
  /** The message of its error; undefined if it comes to a result. `attempt` counts from 1. */
  readonly failure?: (place: number, attempt: number) => string | undefined;
  /** Its result; the item's place by default. */
  readonly result?: (place: number, tasks: number) => unknown;
  /** After so many items, in all slots together, the slot of the last one is gone. */
  readonly crashAfter?: number;
  /** The items that the module exports. */
  readonly items?: readonly unknown[];
}

/** A machine on which nothing takes real time. Its time begins when it loads the first job. */
export interface FakeMachine {
  readonly clock: VirtualClock;
  readonly host: Host;
  readonly meter: Meter;
}

/** What else there is to say of it. */
interface Circumstances {
  readonly cores?: number;
  /** How much the speed of threads differs, as a share. */
  readonly noise?: number;
  /** How many cores other programs keep busy. */
  readonly foreignCores?: number;
  /** How long a thread takes to start. */
  readonly startMs?: number;
}

function itemAt(block: Block, place: Place): unknown {
  return JSON.parse(new TextDecoder().decode(block.bytes.slice(startOf(block, place), endOf(block, place))));
}

/** What an item costs that does nothing, in milliseconds. */
const noopMs = 0.0005;

/**
 * A machine with a clock of its own, a host whose slots take exactly as long as the job says, but for some noise, and a meter
 * that knows what they used. As a slot computes one item at a time, threads help where items compute, and tasks where they wait.
 */
export function fakeMachine(
  jobOf: FakeJob | ((reference: JobReference) => FakeJob),
  { cores = 2, noise = 0.005, foreignCores = 0, startMs = 20 }: Circumstances = {},
): FakeMachine {
  const loading = Promise.withResolvers<void>(); // until a job loads, files are read and modules imported, in real time
  const clock = virtualClock(undefined, 10, loading.promise);
  const random = seededRandom(7);
  let usedMs = 0;
  let live = 0;
  let done = 0;
  const attempts = new Map<number, number>();

  const host: Host = (_generation, onMessage) => {
    const speed = 1 + noise * (random() + random() - 1);
    const queue: number[] = [];
    const since = new Map<number, StartTime>();
    const computing = new Map<number, number>();
    let [running, freeAt, lastMs, tasks] = [0, 0, 0, () => 1];
    let job: FakeJob = { computingMs: 0 };
    let isNoop = false;
    let over = false;
    live++;
    const waitingMs = (item: number) => typeof job.waitingMs === "function" ? job.waitingMs(item) : job.waitingMs ?? 0;
    const say = (message: FromSlot) => !over && onMessage(message);

    function startItems(): void {
      while (queue.length > 0 && running < tasks()) {
        const item = queue.shift()!;
        const computingMs = computing.get(item)!;
        running++;
        const startedAt = clock.now();
        since.set(item, startedAt as StartTime);
        const ownMs = computingMs * speed * Math.max(1, live / cores);
        usedMs += computingMs * speed;
        freeAt = Math.max(freeAt, startedAt) + ownMs;
        const ms = freeAt + waitingMs(item) * speed - startedAt;
        if (ms < Infinity) void clock.wait(ms).done.then(() => ended(item, startedAt, ownMs));
      }
    }

    function ended(item: number, startedAt: number, cpuMs: number): void {
      running--;
      since.delete(item);
      attempts.set(item, (attempts.get(item) ?? 0) + 1);
      if (!over && ++done === job.crashAfter) {
        onMessage({
          kind: "crashed",
          error: { name: "Error", message: "gone" },
          started: [{ first: item, end: item + 1 }],
        });
        return;
      }
      const now = clock.now();
      const message = job.failure?.(item, attempts.get(item) ?? 0);
      const text = message === undefined
        ? `${JSON.stringify(job.result?.(item, tasks()) ?? item)}\n`
        : errorRecord(item + 1, { name: "Error", message, code: undefined }, "\n");
      const record = new TextEncoder().encode(text);
      const ms = now - Math.max(lastMs, startedAt);
      lastMs = now;
      const phases = { sentMs: 0, queuedMs: 0, heldMs: 0, leftAt: now };
      const stretches = [message === undefined ? recordKind.ok : recordKind.error, item, 1, record.length];
      const probed = { itemMs: [now - startedAt], lagMs: [cpuMs], phases, heapBytes: 1e6 };
      say({
        kind: "results",
        buffer: record.buffer,
        stretches,
        ms,
        pendingMs: Math.min(ms, waitingMs(item)),
        cpuMs,
        full: waitingMs(item) > 0 && queue.length > 0,
        ...probed,
      });
      startItems();
    }

    /** Our own cost is measured with thousands of items that do nothing: they end together. */
    function noops(first: number, end: number): void {
      const ms = noopMs * (end - first);
      freeAt = Math.max(freeAt, clock.now()) + ms;
      const buffer = new TextEncoder().encode("null\n".repeat(end - first)).buffer;
      const stretches = [recordKind.ok, first, end - first, buffer.byteLength];
      const results = { kind: "results", buffer, stretches, ms, pendingMs: 0, cpuMs: ms } as const;
      void clock.wait(freeAt - clock.now()).done.then(() => say(results));
    }

    return {
      post(message) {
        if (message.kind === "width") return startItems();
        if (message.kind !== "load") return;
        loading.resolve();
        isNoop = message.job.kind === "builtin" && message.job.name === "noop";
        if (!isNoop) job = typeof jobOf === "function" ? jobOf(message.job) : jobOf;
        tasks = () => message.control[controlWord.tasks];
        const items = message.wantsItems && job.items ? JSON.stringify(job.items) : undefined;
        void clock.wait(startMs).done.then(() => say({ kind: "loaded", items, hasTeardown: false }));
      },
      send({ range: { first, end }, held: { block }, from }) {
        if (isNoop) return noops(first, end);
        const { computingMs } = job;
        for (let item = first; item < end; item++) {
          queue.push(item);
          const value = () => itemAt(block, from + item - first as Place);
          computing.set(item, typeof computingMs === "number" ? computingMs : computingMs(value()));
        }
        startItems();
      },
      reclaim(parts) {
        const reclaimed = new RangeSet();
        for (const { range: { first, end } } of parts) {
          for (let item = first; item < end; item++) {
            const place = queue.indexOf(item);
            if (place === -1) continue;
            queue.splice(place, 1);
            reclaimed.add(item, item + 1);
          }
        }
        onMessage({ kind: "reclaimed", ranges: reclaimed.ranges });
      },
      cancel() {},
      running: () =>
        Promise.resolve([...since].map(([item, since]) => ({ item: item as ItemNumber, since, waits: false }))),
      lastRunning: () => [],
      terminate() {
        if (!over) live--;
        over = true;
        return Promise.resolve();
      },
    };
  };

  const meter: Meter = {
    rssBytes: () => 100e6 + 5e6 * live,
    readLoad: () => ({
      busyMs: usedMs + foreignCores * clock.now(),
      ownMs: usedMs,
      mainMs: 0,
      voluntarySwitches: 0,
      involuntarySwitches: 0,
    }),
  };
  return { clock, host, meter };
}

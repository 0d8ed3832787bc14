import { type Start, startTime } from "../../clock.ts";
import { entryPoint, ourFolder } from "../../entry_points.ts";
import { filePath } from "../../paths.ts";
import { messageOf, TandemError } from "../../errors.ts";
import { assignItem, cancelItem, isWaiting, reclaimItem, startedAt } from "../wire/block.ts";
import type { BlockId, ItemNumber, Place } from "../wire/numbers.ts";
import { checkDescriptors } from "./descriptors.ts";
import type { Host, HostedSlot } from "./host.ts";
import type { Permissions } from "../wire/permissions.ts";
import type { FromSlot, RunningSince, ToThread } from "../wire/protocol.ts";
import { RangeSet } from "../schedule/range_set.ts";

export type { Permissions };

/** No permissions: what every job starts with. */
export const noPermissions = {
  read: false,
  write: false,
  net: false,
  env: false,
  run: false,
  sys: false,
  ffi: false,
  import: false,
} as const satisfies Permissions;

const ourPath = ourFolder.protocol === "file:" ? filePath(ourFolder) : undefined;

/**
 * Adds permission to read our own modules: a slot loads built-in jobs when it needs them, and Deno requires it for imports
 * that are not loaded in advance (`--unstable-lazy-dynamic-imports`). Only if we may read them ourselves, because a program
 * cannot grant more than it has.
 */
function withOurModules({ read, ...others }: Permissions): Permissions {
  if (ourPath === undefined || read === true) return { read, ...others };
  const mayRead = Deno.permissions.querySync({ name: "read", path: ourPath }).state === "granted";
  return { read: mayRead ? [...read || [], ourPath] : read, ...others };
}

/** Deno validates permissions only here. It throws for a URL instead of a host, or an invalid path. */
function startWorker(permissions: Permissions | undefined): Worker {
  checkDescriptors("thread");
  const options = permissions === undefined ? {} : { deno: { permissions: withOurModules(permissions) } };
  try {
    return new Worker(entryPoint("slot"), { type: "module", ...options });
  } catch (error) {
    throw new TandemError("permissions", `a thread cannot be started with these permissions: ${messageOf(error)}`);
  }
}

/** A thread that becomes a slot. */
export interface SlotThread {
  /** When it was started: its clock begins in between. */
  readonly started: Start;
  post(message: ToThread): void;
  terminate(): void;
}

/** Slots that are Web Workers. With `permissions`, the thread has only these; this needs the unstable `worker-options`. */
export function workerHost(permissions?: Permissions): Host {
  return threadHost((onMessage) => {
    const from = startTime();
    const worker = startWorker(permissions); // returns when the thread has its clock
    const started: Start = { from, to: startTime() };
    worker.onmessage = ({ data }: MessageEvent<FromSlot>) => onMessage(data);
    worker.onerror = (event) => {
      event.preventDefault(); // without it, main dies too
      onMessage({ kind: "fatal", message: event.message });
    };
    worker.onmessageerror = () => onMessage({ kind: "fatal", message: "a message could not be read" });
    return { started, post: (message) => worker.postMessage(message), terminate: () => worker.terminate() };
  });
}

/** Slots that are threads of this process, with which it shares memory. `start` starts one. */
export function threadHost(start: (onMessage: (message: FromSlot) => void) => SlotThread): Host {
  return (generation, onMessage) => {
    const thread = start(onMessage);
    const { started } = thread;
    const known = new Set<BlockId>(); // blocks whose buffer the slot has

    const slot: HostedSlot = {
      post: (message) => thread.post(message.kind === "load" ? { ...message, started } : message),
      send({ held, from, range: { first, end } }, sentAt) {
        const { id, capacity, firstLine, once, use, buffer } = held;
        for (let i = 0; i < end - first; i++) assignItem(held.block, from + i as Place, generation);
        const reference = { id, capacity, once, use, firstLine, ...!known.has(id) && { buffer } };
        if (!once) known.add(id);
        slot.post({ kind: "items", block: reference, from, first: first as ItemNumber, count: end - first, sentAt });
      },
      reclaim(parts) {
        const reclaimed = new RangeSet();
        for (const { held, from, range: { first, end } } of parts) {
          for (let item = first; item < end; item++) {
            if (reclaimItem(held.block, from + item - first as Place, generation)) reclaimed.add(item, item + 1);
          }
        }
        onMessage({ kind: "reclaimed", ranges: reclaimed.ranges });
      },
      cancel({ held, from, range }) {
        cancelItem(held.block, from);
        thread.post({ kind: "cancel", item: range.first as ItemNumber });
      },
      running: (parts) => Promise.resolve(slot.lastRunning(parts)),
      lastRunning: (parts) =>
        parts.flatMap(({ held, from, range: { first, end } }) =>
          Array.from({ length: end - first }, (_, i) => ({
            item: first + i as ItemNumber,
            since: startedAt(held.block, from + i as Place, generation),
            waits: isWaiting(held.block, from + i as Place),
          })).filter((item): item is RunningSince => item.since !== undefined)
        ),
      terminate() {
        thread.terminate();
        return Promise.resolve();
      },
    };
    return slot;
  };
}

import type { FromSlot, ToSlot } from "./protocol.ts";

/** A slot, seen from main. */
export interface Slot {
  post(message: ToSlot): void;
  /** Ends it from outside. A thread that is busy burns on until the program exits. */
  terminate(): void;
}

/** Starts a slot; `hear` gets its messages, and `fatal` when it fails by itself. */
export type Host = (hear: (message: FromSlot) => void) => Slot;

/** What a job's thread may do, in Deno's own words; see `deno: { permissions }` of Worker. */
export type Permissions = Deno.PermissionOptionsObject;

/** Nothing granted: what every job starts from. */
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

/** Slots that are Web Workers. With `permissions`, the thread has no others: this needs the unstable `worker-options`. */
export function workerHost(permissions?: Permissions): Host {
  return (hear) => {
    const worker = new Worker(new URL("../../workers/slot.ts", import.meta.url), {
      type: "module",
      ...permissions && { deno: { permissions } },
    });
    worker.onmessage = ({ data }: MessageEvent<FromSlot>) => hear(data);
    worker.onerror = (event) => {
      event.preventDefault(); // without it, main dies too
      hear({ kind: "fatal", message: event.message });
    };
    worker.onmessageerror = () => hear({ kind: "fatal", message: "a message could not be read" });
    return { post: (message) => worker.postMessage(message), terminate: () => worker.terminate() };
  };
}

import type { HostMessage } from "../../../lib/exec/host/host.ts";
import { type Permissions, workerHost } from "../../../lib/exec/host/worker_host.ts";
import { n } from "../numbers.ts";

/** What a test sees of a thread, and how it speaks. */
class FakeWorker {
  static last: FakeWorker;
  readonly posted: Record<string, unknown>[] = [];
  terminated = false;
  onmessage = (_: { readonly data: unknown }) => {};
  onerror = (_: { readonly message: string; preventDefault(): void }) => {};
  onmessageerror = () => {};

  constructor(readonly url: URL, readonly options: { readonly type: string; readonly deno?: unknown }) {
    FakeWorker.last = this;
  }

  postMessage(message: Record<string, unknown>): void {
    this.posted.push(message);
  }

  terminate(): void {
    this.terminated = true;
  }
}

/** A slot whose thread is of this class. */
export function slotOn(
  kind: new (url: URL, options: { readonly type: string; readonly deno?: unknown }) => unknown,
  permissions?: Permissions,
  generation = 3,
) {
  const { Worker } = globalThis;
  globalThis.Worker = kind as unknown as typeof Worker;
  const heard: HostMessage[] = [];
  try {
    return { slot: workerHost(permissions)(n(generation), (message) => void heard.push(message)), heard };
  } finally {
    globalThis.Worker = Worker;
  }
}

/** A slot on a thread that does nothing, and what the slot has said. */
export function fakeSlot(permissions?: Permissions, generation?: number) {
  return { ...slotOn(FakeWorker, permissions, generation), worker: FakeWorker.last };
}

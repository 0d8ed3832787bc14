import type { Host, HostedSlot, HostMessage } from "../../../lib/exec/host/host.ts";
import { valueFormat } from "../../../lib/exec/run_job.ts";
import { type RecordKind, recordKind, type RunningSince, type ToSlot } from "../../../lib/exec/wire/protocol.ts";

export const options = {
  job: { kind: "module", url: "file:///none.js" },
  name: "none",
  threads: 1,
  tasks: 2,
  format: valueFormat("json", "json"),
} as const;

/** Slots that do nothing but what the test says. `born`: called while a slot is being made. */
export function manualHost(born: (say: (message: HostMessage) => void, generation: number) => void = () => {}) {
  const terminated: number[] = [];
  const says: ((message: HostMessage) => void)[] = [];
  const posted: ToSlot[][] = [];
  const sent: [first: number, end: number, sentAt?: number][] = [];
  let running: RunningSince[] = [];
  let lastRunning: RunningSince[] = [];
  const host: Host = (generation, onMessage) => {
    born(onMessage, generation);
    says.push(onMessage);
    const messages: ToSlot[] = [];
    posted.push(messages);
    const slot: HostedSlot = {
      post: (message) => void messages.push(message),
      send: ({ range: { first, end } }, sentAt) =>
        void sent.push(sentAt === undefined ? [first, end] : [first, end, sentAt]),
      reclaim: () => onMessage({ kind: "reclaimed", ranges: [] }),
      cancel: () => {},
      running: () => Promise.resolve(running),
      lastRunning: () => lastRunning,
      terminate: () => Promise.resolve(void terminated.push(generation)),
    };
    return slot;
  };
  return {
    host,
    says,
    posted,
    sent,
    terminated,
    runs: (items: RunningSince[]) => running = items,
    ranLast: (items: RunningSince[]) => lastRunning = items,
  };
}

/** A slot's message that an item has ended so, or yielded, with this record. */
export function result(
  item: number,
  text = "1\n",
  kind: RecordKind = recordKind.ok,
): HostMessage & { kind: "results" } {
  const bytes = new TextEncoder().encode(text);
  return { kind: "results", buffer: bytes.buffer, stretches: [kind, item, 1, bytes.length], ms: 1, pendingMs: 0 };
}

import type { Generation } from "../wire/numbers.ts";
import type { Host, HostedSlot, HostMessage } from "./host.ts";

/** A slot that runs and belongs to no pool yet. */
interface WaitingSlot {
  readonly hosted: HostedSlot;
  listen(onMessage: (message: HostMessage) => void): void;
}

/**
 * The same host, with `count` slots started now: a thread or a process takes longest to start, and can do so while main
 * loads the rest of itself. They are the first slots of the one pool that takes them, whose generations are 1, 2, ...
 * Disposing of it ends those that no pool has taken.
 */
export function startAhead(host: Host, count: number): { readonly host: Host } & Disposable {
  const waiting = new Map<number, WaitingSlot>();
  for (let generation = 1; generation <= count; generation++) {
    waiting.set(generation, start(host, generation as Generation));
  }
  return {
    host(generation, onMessage) {
      const slot = waiting.get(generation);
      if (slot === undefined) return host(generation, onMessage);
      waiting.delete(generation);
      slot.listen(onMessage);
      return slot.hosted;
    },
    [Symbol.dispose]() {
      for (const { hosted } of waiting.values()) void hosted.terminate();
      waiting.clear();
    },
  };
}

function start(host: Host, generation: Generation): WaitingSlot {
  const early: HostMessage[] = [];
  let receive = (message: HostMessage): void => void early.push(message);
  return {
    hosted: host(generation, (message) => receive(message)),
    listen(onMessage) {
      receive = onMessage;
      queueMicrotask(() => early.forEach(onMessage)); // a host never speaks before it has returned its slot
    },
  };
}

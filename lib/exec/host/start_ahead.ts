import { systemClock, turnTaker } from "../../clock.ts";
import type { Generation } from "../wire/numbers.ts";
import type { Host, HostedSlot, HostMessage } from "./host.ts";

/** A running slot that does not belong to a pool yet. */
interface WaitingSlot {
  readonly hosted: HostedSlot;
  listen(onMessage: (message: HostMessage) => void): void;
}

/**
 * The same host, with `count` slots started now. Starting a thread or process is the slowest part of start-up, so it happens
 * while main loads its other modules. These slots become the first slots of the one pool that uses the host, whose
 * generations are 1, 2, ... Disposing terminates the slots that no pool has taken, and waits until they are gone: a process
 * leaves files behind where the program ends first. No slot is left if one cannot be started.
 */
export async function startAhead(host: Host, count: number): Promise<{ readonly host: Host } & AsyncDisposable> {
  const waiting = new Map<number, WaitingSlot>();
  async function terminate(): Promise<void> {
    const slots = [...waiting.values()];
    waiting.clear();
    await Promise.all(slots.map(({ hosted }) => hosted.terminate()));
  }
  try {
    const turn = turnTaker(systemClock); // each start holds main for 10 to 15 ms
    for (let generation = 1; generation <= count; generation++) {
      await turn();
      waiting.set(generation, start(host, generation as Generation));
    }
  } catch (error) {
    await terminate();
    throw error;
  }
  return {
    host(generation, onMessage) {
      const slot = waiting.get(generation);
      if (slot === undefined) return host(generation, onMessage);
      waiting.delete(generation);
      slot.listen(onMessage);
      return slot.hosted;
    },
    [Symbol.asyncDispose]: terminate,
  };
}

function start(host: Host, generation: Generation): WaitingSlot {
  const early: HostMessage[] = [];
  let receive = (message: HostMessage): void => void early.push(message);
  return {
    hosted: host(generation, (message) => receive(message)),
    listen(onMessage) {
      receive = onMessage;
      early.forEach(onMessage);
    },
  };
}

import { systemBlockingClock, systemClock } from "../../clock.ts";
import type { Subject } from "./subject.ts";

/** What threads share that add to one counter. */
export const adderWords = { counter: 0, waiting: 1, begun: 2, length: 3 } as const;

/** One of the threads that add; all of them begin when the last one is there. */
export interface Adder {
  readonly words: Int32Array;
  readonly threads: number;
}

/** What a thread does when it is told to: it adds 1, again and again, for so long. */
export interface Adds {
  readonly ms: number;
  readonly how: AddKind;
}

/** `words[0]++`, or `Atomics.add`. */
export type AddKind = "plain" | "atomic";

/** How often it adds before it looks at the clock. */
const batch = 100;

/** Adds to the shared counter for each message, and answers how often. */
export const adder: Subject = (input, port) => {
  const { words, threads } = input as Adder;
  port.onmessage = ({ data }) => {
    const { ms, how } = data as Adds;
    const add = how === "atomic" ? addAtomically : addPlainly;
    let adds = 0;
    meet(words, threads);
    for (const end = systemClock.now() + ms; systemClock.now() < end; adds += batch) add(words);
    port.postMessage(adds);
  };
};

/** Waits until as many threads are here. */
function meet(words: Int32Array, threads: number): void {
  const { waiting, begun } = adderWords;
  const meeting = Atomics.load(words, begun);
  if (Atomics.add(words, waiting, 1) + 1 < threads) {
    return systemBlockingClock.block(Infinity, words.subarray(begun), meeting);
  }
  Atomics.store(words, waiting, 0);
  Atomics.add(words, begun, 1);
  Atomics.notify(words, begun);
}

function addPlainly(words: Int32Array): void {
  for (let i = 0; i < batch; i++) words[adderWords.counter]++;
}

function addAtomically(words: Int32Array): void {
  for (let i = 0; i < batch; i++) Atomics.add(words, adderWords.counter, 1);
}

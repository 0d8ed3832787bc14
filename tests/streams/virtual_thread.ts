import { threadIntervals } from "../../lib/streams/listing_17_41.ts";
import type { Wait } from "../../lib/clock.ts";
import type { Sleep } from "../../lib/streams/blocking_producer.ts";
import type { Producer } from "../../lib/streams/producer.ts";
import { type FromThread, gate as gateState, type Start } from "../../lib/streams/wire.ts";
import { gateWord, never, nowWord, type Virtual, wakeWord } from "../fixtures/virtual_words.ts";
import { idle, type VirtualClock, virtualClock } from "../virtual_clock.ts";

const module = new URL("../fixtures/virtual_producer.ts", import.meta.url);

/** When a producing thread sleeps, by the end of its URL. */
const sleeps: Readonly<Record<string, Sleep>> = { "workers/intervals.ts": "before", "workers/sender.ts": "after" };

/** Longer than any test. */
const longMs = never;

/**
 * Until it is disposed of, the threads of the listings, one after the other, are as they are, but on virtual time: real workers
 * that really block. Their `Start` gets the clock's shared words on the way, so `Worker` is replaced.
 */
export function virtualThreads(): { readonly clock: VirtualClock } & Disposable {
  const words = new Int32Array(new SharedArrayBuffer(12));
  let gate: Int32Array = new Int32Array(new SharedArrayBuffer(8));
  let received = 0;
  let ended = true;
  let lasting: Wait | undefined;

  function isParked(): boolean {
    return Atomics.load(words, wakeWord) > Atomics.load(words, nowWord) &&
      Atomics.load(words, gateWord) === Atomics.load(gate, 0) && Atomics.load(gate, 1) === received;
  }

  /** No other wait may be woken: the thread could look at the time when it has gone on. */
  function isToWake(): boolean {
    const wake = Atomics.load(words, wakeWord);
    return wake !== 0 &&
      (wake <= Atomics.load(words, nowWord) || Atomics.load(words, gateWord) !== Atomics.load(gate, 0));
  }

  const clock = virtualClock({
    async settle() {
      for (let seen = -1; !ended && (seen < received || !isParked());) {
        seen = received; // whoever gets it has its turn before time goes on
        if (isToWake()) Atomics.notify(gate, 0); // again and again: the thread may not have been waiting yet
        await idle();
      }
    },
    wake() {
      const wake = Atomics.load(words, wakeWord);
      return ended || wake === never ? Infinity : wake;
    },
    publish: (now) => void Atomics.store(words, nowWord, now),
  });

  /** While the thread runs, a wait is open: time goes on although only the thread may wait. */
  async function keepTimeGoing(): Promise<void> {
    while (Atomics.load(gate, 0) === gateState.waiting) await idle();
    await idle(); // whoever has opened the gate may ask for waits of its own first
    if (!ended) lasting = clock.wait(longMs);
  }

  const RealWorker = globalThis.Worker;
  globalThis.Worker = class extends RealWorker {
    readonly #sleep: Sleep | undefined;

    constructor(url: string | URL, options?: WorkerOptions) {
      const [, sleep] = Object.entries(sleeps).find(([end]) => `${url}`.endsWith(end)) ?? [];
      super(sleep === undefined ? url : module, options);
      this.#sleep = sleep;
      if (sleep === undefined) return;
      received = 0;
      ended = false;
      Atomics.store(words, wakeWord, 0);
      this.addEventListener("message", ({ data }: MessageEvent<FromThread>) => {
        if (data.kind === "value") received++;
        if (data.kind !== "ended") return;
        ended = true;
        lasting?.cancel();
      });
    }

    override postMessage(message: unknown, options?: StructuredSerializeOptions | Transferable[]): void {
      if (this.#sleep === undefined) return super.postMessage(message, options as StructuredSerializeOptions);
      const start = message as Start;
      gate = start.gate;
      super.postMessage({ ...start, virtual: words, sleep: this.#sleep } satisfies Start & Virtual);
      void keepTimeGoing();
    }
  };
  return { clock, [Symbol.dispose]: () => void (globalThis.Worker = RealWorker) };
}

/** The interval thread on virtual time. */
export async function virtualIntervals(
  everyMs: number,
): Promise<{ readonly clock: VirtualClock; readonly intervals: Producer<number> }> {
  using threads = virtualThreads();
  return { clock: threads.clock, intervals: await threadIntervals(everyMs) };
}

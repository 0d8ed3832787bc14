import { threadIntervals } from "../../lib/streams/listing_17_41.ts";
import type { Producer } from "../../lib/streams/producer.ts";
import type { FromThread, Start } from "../../lib/streams/wire.ts";
import { gateWord, never, nowWord, type Virtual, wakeWord } from "../fixtures/virtual_words.ts";
import { idle, type VirtualClock, virtualClock } from "../virtual_clock.ts";

const module = new URL("../fixtures/virtual_intervals.ts", import.meta.url);

/**
 * The interval thread as it is, but on virtual time: a real worker that really blocks. Its `Start` gets the clock's
 * shared words on the way, so `Worker` is replaced while the thread is made.
 */
export async function virtualIntervals(
  everyMs: number,
): Promise<{ readonly clock: VirtualClock; readonly intervals: Producer<number> }> {
  const words = new Int32Array(new SharedArrayBuffer(12));
  let gate: Int32Array = new Int32Array(new SharedArrayBuffer(8));
  let received = 0;
  let ended = false;

  function isParked(): boolean {
    return Atomics.load(words, wakeWord) > Atomics.load(words, nowWord) &&
      Atomics.load(words, gateWord) === Atomics.load(gate, 0) && Atomics.load(gate, 1) === received;
  }

  const clock = virtualClock({
    async settle() {
      while (!ended && !isParked()) {
        Atomics.notify(gate, 0); // again and again: the thread may not have been parked yet
        await idle();
      }
    },
    wake() {
      const wake = Atomics.load(words, wakeWord);
      return ended || wake === never ? Infinity : wake;
    },
    publish: (now) => void Atomics.store(words, nowWord, now),
  });

  const RealWorker = globalThis.Worker;
  globalThis.Worker = class extends RealWorker {
    constructor(url: string | URL, options?: WorkerOptions) {
      super(url, options);
      this.addEventListener("message", ({ data }: MessageEvent<FromThread>) => {
        if (data.kind === "value") received++;
        if (data.kind === "ended") ended = true;
      });
    }
    override postMessage(start: Start): void {
      gate = start.gate;
      super.postMessage({ ...start, virtual: words } satisfies Start & Virtual);
    }
  };
  try {
    return { clock, intervals: await threadIntervals(everyMs, module) };
  } finally {
    globalThis.Worker = RealWorker;
  }
}

import { channel } from "./channel.ts";
import type { Ending, Producer } from "./producer.ts";
import { type FromThread, gate, type Start } from "./wire.ts";

/** Which thread to run: the URL of its module, and its parameters. */
export interface ThreadOptions {
  readonly module: URL;
  readonly everyMs: number;
  readonly count: number;
}

/**
 * A thread that blocks between ticks and sends numbers into an unbounded channel. Resolves when the thread is ready.
 *
 * A blocked thread cannot be cancelled. Closing the channel wakes it; it finds the channel closed, reports the value that it
 * could not send, and ends by itself.
 */
export async function threadProducer(options: ThreadOptions): Promise<Producer<number>> {
  const words = new Int32Array(new SharedArrayBuffer(8)); // word 0: the gate; word 1: how many were sent
  const { sender, receiver } = channel<number>();
  const worker = new Worker(options.module, { type: "module" });
  const ready = Promise.withResolvers<void>();
  const ended = Promise.withResolvers<Ending>();
  let ending: Ending = {};

  function open(): void {
    Atomics.compareExchange(words, 0, gate.waiting, gate.open); // a closed gate stays closed
    Atomics.notify(words, 0);
  }

  function close(): void {
    Atomics.store(words, 0, gate.closed);
    Atomics.notify(words, 0);
  }

  worker.onmessage = ({ data }: MessageEvent<FromThread>) => {
    switch (data.kind) {
      case "ready":
        return ready.resolve();
      case "value":
        return void sender.send(data.value);
      case "unsent":
        ending = { unsent: data.value };
        return;
      case "ended":
        worker.terminate();
        sender.close();
        return ended.resolve(ending);
      default:
        return data satisfies never;
    }
  };
  worker.onerror = (event) => {
    event.preventDefault();
    worker.terminate();
    const error = new Error(`the producing thread failed: ${event.message}`);
    ready.reject(error);
    sender.fail(error);
    ended.resolve(ending);
  };
  sender.closed.addEventListener("abort", close);
  worker.postMessage({ gate: words, everyMs: options.everyMs, count: options.count } satisfies Start);
  await ready.promise;
  return {
    items: receiver,
    start: open,
    sent: () => Atomics.load(words, 1),
    ended: ended.promise,
  };
}

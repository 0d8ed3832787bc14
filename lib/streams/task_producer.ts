import type { Clock } from "../clock.ts";
import { channel } from "./channel.ts";
import type { Producer } from "./producer.ts";

/** A value, and how long the producer sleeps before sending it. */
export interface Step<T> {
  readonly afterMs: number;
  readonly value: T;
}

/**
 * A task that sleeps and sends, step by step, into an unbounded channel. When the channel is closed, the task is dropped at
 * its sleep, as in tokio: it leaves no timer and reports nothing.
 */
export function taskProducer<T>(steps: Iterable<Step<T>>, clock: Clock): Producer<T> {
  const { sender, receiver } = channel<T>();
  const started = Promise.withResolvers<void>();
  let sent = 0;
  let wake = started.resolve; // ends the task's current wait
  sender.closed.addEventListener("abort", () => wake());

  async function produce(): Promise<void> {
    await started.promise;
    for (const { afterMs, value } of steps) {
      const slept = Promise.withResolvers<void>();
      const sleep = clock.wait(afterMs);
      sleep.done.then(slept.resolve);
      wake = slept.resolve;
      if (!sender.closed.aborted) await slept.promise;
      sleep.cancel();
      if (!sender.send(value)) return;
      sent++;
    }
    sender.close();
  }

  return { items: receiver, start: started.resolve, sent: () => sent, ended: produce().then(() => ({})) };
}

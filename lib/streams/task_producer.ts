import type { Clock } from "../clock.ts";
import { channel } from "./channel.ts";
import type { Producer } from "./producer.ts";

/** One value, and how long the producer sleeps before it sends it. */
export interface Step<T> {
  readonly afterMs: number;
  readonly value: T;
}

/**
 * A task that sleeps and sends, step by step, into an unbounded channel. When the channel closes, the task is dropped at
 * its sleep, as tokio drops a task: it leaves no timer and says nothing.
 */
export function taskProducer<T>(steps: Iterable<Step<T>>, clock: Clock): Producer<T> {
  const { sender, receiver } = channel<T>();
  const started = Promise.withResolvers<void>();
  let sent = 0;
  let wake = started.resolve; // ends what the task waits for now
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

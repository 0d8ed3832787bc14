import type { Clock } from "../../clock.ts";
import type { Host } from "./host.ts";

/** How long a slot may take to tear down its job where it is terminated, in milliseconds: Ctrl-C ends the program within 2 s. */
const maxMs = 1_000;

/**
 * The same host, whose slots tear down their job where they are terminated too, once its items have been told to stop: for a job
 * of ours that has started programs. A user's job might never end.
 */
export function withTeardown(host: Host, clock: Clock): Host {
  return (generation, onMessage) => {
    const finished = Promise.withResolvers<void>();
    const slot = host(generation, (message) => {
      if (message.kind === "finished") finished.resolve();
      onMessage(message);
    });
    return {
      ...slot,
      async terminate() {
        slot.post({ kind: "stop" });
        slot.post({ kind: "finish" });
        const tooLong = clock.wait(maxMs);
        await Promise.race([finished.promise, tooLong.done]);
        tooLong.cancel();
        await slot.terminate();
      },
    };
  };
}

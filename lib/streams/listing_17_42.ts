import type { Producer } from "./producer.ts";
import { threadProducer } from "./thread_producer.ts";

const senderThread = new URL("../../workers/sender.ts", import.meta.url);

/** Listing 17-42: a thread sends 1 .. `count`, blocking for `everyMs` after each; main awaits them. */
export function blockingSender(count: number, everyMs: number, module: URL = senderThread): Promise<Producer<number>> {
  return threadProducer({ module, everyMs, count });
}

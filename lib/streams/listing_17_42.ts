import { entryPoint } from "../entry_points.ts";
import type { Producer } from "./producer.ts";
import { threadProducer } from "./thread_producer.ts";

/** Listing 17-42: a thread sends 1 .. `count`, blocking for `everyMs` after each; main awaits them. */
export function blockingSender(count: number, everyMs: number): Promise<Producer<number>> {
  return threadProducer({ module: entryPoint("sender"), everyMs, count });
}

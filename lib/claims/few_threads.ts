import type { ClaimReason } from "../model/reason.ts";
import type { MemoryFound } from "./measure_memory.ts";

/** The first threads take more than the others: fewer than these tell nothing of how many there can be. */
const enoughThreads = 10;

/** Why there are too few threads to judge by; undefined if there are enough, or a limit of the system allows no more. */
export function tooFewThreads({ reached, stoppedBy, limit, points }: MemoryFound["threads"]): ClaimReason | undefined {
  if (reached >= enoughThreads) return undefined;
  if (stoppedBy !== "max-memory") {
    return stoppedBy === null || stoppedBy === "max-time" ? { kind: "time-up" } : undefined;
  }
  const maxBytes = limit ?? 0;
  const each = (points.at(-1)?.rssBytes ?? maxBytes) / Math.max(1, reached);
  return { kind: "too-little-memory", neededBytes: Math.ceil(enoughThreads * each), maxBytes };
}

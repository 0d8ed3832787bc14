import type { Limit } from "../model/scale.ts";
import type { Bounds, Stop } from "./wire.ts";

/** Memory that is never taken: of the machine or of the control group, in bytes. */
const reserveBytes = 256 * 2 ** 20;

/** What tells a child that it must stop. */
export interface Caps {
  /** Why it must stop, now that its tasks or threads take so much memory; undefined: it may go on. */
  reached(takenBytes: number, nowMs: number): Stop | undefined;
}

/** Caps that hold from now on. `freeBytes` reads what programs can still get. */
export function openCaps(
  { maxBytes, maxMs }: Bounds,
  limits: readonly Limit[],
  startMs: number,
  freeBytes: () => number,
): Caps {
  const group = limits.find(({ name }) => name === "cgroup-memory");
  const groupBytes = group === undefined ? Infinity : Math.max(0, group.value - group.used);
  const capBytes = maxBytes ?? Math.floor(Math.min(freeBytes(), groupBytes) / 4);
  return {
    reached(takenBytes, nowMs) {
      if (takenBytes > capBytes) return { stoppedBy: "max-memory", limit: capBytes };
      if (group !== undefined && takenBytes > groupBytes - reserveBytes) {
        return { stoppedBy: "cgroup-memory", limit: group.value };
      }
      if (freeBytes() < reserveBytes) return { stoppedBy: "memory", limit: reserveBytes };
      return nowMs - startMs > maxMs ? { stoppedBy: "max-time", limit: maxMs } : undefined;
    },
  };
}

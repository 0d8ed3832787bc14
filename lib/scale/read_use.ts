import { textOf } from "../control_group.ts";
import type { Use } from "./wire.ts";

/** What this process uses now. All but the resident memory comes from /proc, which only Linux has, and not everywhere. */
export function readUse(): Use {
  const status = textOf("/proc/self/status");
  return {
    rssBytes: Deno.memoryUsage().rss,
    virtualBytes: kibibytes(fieldOf(status, "VmSize")),
    threads: fieldOf(status, "Threads"),
    maps: textOf("/proc/self/maps")?.split("\n").length ?? null,
    files: countFiles("/proc/self/fd"),
  };
}

/**
 * How many Web Workers this process has now, by the names that Deno gives their threads; null if it cannot be read. The
 * runtime's own threads, which come and go, have other names. With more threads than `enough` it counts them all, because
 * reading the names of 800 takes a core from those that end.
 */
export function countWorkers(enough = Infinity): number | null {
  try {
    const ids = [...Deno.readDirSync("/proc/self/task")];
    if (ids.length > enough) return ids.length;
    return ids.filter(({ name }) => textOf(`/proc/self/task/${name}/comm`)?.startsWith("worker-")).length;
  } catch {
    return null;
  }
}

/** What was added since `before`. */
export function addedUse(now: Use, before: Use): Use {
  return {
    rssBytes: now.rssBytes - before.rssBytes,
    virtualBytes: minus(now.virtualBytes, before.virtualBytes),
    threads: minus(now.threads, before.threads),
    maps: minus(now.maps, before.maps),
    files: minus(now.files, before.files),
  };
}

function fieldOf(status: string | undefined, name: string): number | null {
  const [, value] = new RegExp(`^${name}:\\s*(\\d+)`, "m").exec(status ?? "") ?? [];
  return value === undefined ? null : Number(value);
}

function kibibytes(count: number | null): number | null {
  return count === null ? null : count * 1024;
}

function countFiles(folder: string): number | null {
  try {
    return [...Deno.readDirSync(folder)].length;
  } catch {
    return null;
  }
}

function minus(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a - b;
}

import { type GroupLimit, groupLimit, numberIn, textOf } from "../control_group.ts";
import type { Limit, LimitName } from "../model/scale.ts";
import type { Use } from "./wire.ts";

/**
 * The limits that bound tasks and threads in this process, and what is in use: those that can be read. Needs all permissions,
 * as /proc and /sys do.
 */
export async function readLimits(use: Use): Promise<Limit[]> {
  const { getHeapStatistics } = (await import("node:v8")).default;
  const memory = Deno.systemMemoryInfo();
  const ofProcess = parseProcessLimits(textOf("/proc/self/limits") ?? "");
  const isRoot = Deno.build.os !== "windows" && Deno.uid() === 0; // whom the limit of processes does not bind
  const known: readonly (readonly [LimitName, number | undefined, number | null])[] = [
    ["memory", memory.total, memory.total - memory.available],
    ["cgroup-memory", ...limitAndUse(groupLimit("memory"))],
    ["heap", getHeapStatistics().heap_size_limit, Deno.memoryUsage().heapUsed],
    ["address-space", ofProcess("address space"), use.virtualBytes],
    ["threads-max", numberIn("/proc/sys/kernel/threads-max"), threadsOfSystem()],
    ["pid-max", numberIn("/proc/sys/kernel/pid_max"), threadsOfSystem()],
    ["cgroup-pids", ...limitAndUse(groupLimit("pids"))],
    ["user-processes", isRoot ? undefined : ofProcess("processes"), use.threads],
    ["map-count", numberIn("/proc/sys/vm/max_map_count"), use.maps],
    ["open-files", ofProcess("open files"), use.files],
  ];
  return known.flatMap(([name, value, used]) => value === undefined || used === null ? [] : [{ name, value, used }]);
}

/** The soft limits of /proc/self/limits, by their names without "Max"; undefined: unlimited, or not there. */
export function parseProcessLimits(text: string): (name: string) => number | undefined {
  return (name) => {
    const [, value] = new RegExp(`^Max ${name} +(\\d+) `, "m").exec(text) ?? [];
    return value === undefined ? undefined : Number(value);
  };
}

function limitAndUse(limit: GroupLimit | undefined): readonly [number | undefined, number | null] {
  return [limit?.value, limit?.used ?? null];
}

/** All threads that there are: the part behind the slash of the fourth field of /proc/loadavg. */
function threadsOfSystem(): number | null {
  const [, threads] = /^\S+ \S+ \S+ \d+\/(\d+)/.exec(textOf("/proc/loadavg") ?? "") ?? [];
  return threads === undefined ? null : Number(threads);
}

import type { Limit, LimitName } from "../model/scale.ts";
import { textOf } from "./read_use.ts";
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
  const groups = parseGroups(textOf("/proc/self/cgroup") ?? "");
  const known: readonly (readonly [LimitName, number | undefined, number | null])[] = [
    ["memory", memory.total, memory.total - memory.available],
    [
      "cgroup-memory",
      ...groupLimit(groups, "memory", ["memory.max", "memory.current"], [
        "memory.limit_in_bytes",
        "memory.usage_in_bytes",
      ]),
    ],
    ["heap", getHeapStatistics().heap_size_limit, Deno.memoryUsage().heapUsed],
    ["address-space", ofProcess("address space"), use.virtualBytes],
    ["threads-max", numberIn("/proc/sys/kernel/threads-max"), threadsOfSystem()],
    ["pid-max", numberIn("/proc/sys/kernel/pid_max"), threadsOfSystem()],
    ["cgroup-pids", ...groupLimit(groups, "pids", ["pids.max", "pids.current"], ["pids.max", "pids.current"])],
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

/** The groups of /proc/self/cgroup: their paths by controller; that of version 2 has the name "". */
export function parseGroups(text: string): ReadonlyMap<string, string> {
  const lines = [...text.matchAll(/^\d+:([^:]*):(.*)$/gm)];
  return new Map(lines.flatMap(([, names, path]) => names.split(",").map((name) => [name, path])));
}

type Files = readonly [max: string, current: string];

/** The tightest limit of a control group and of those that it is in. A container sees its own group as the root. */
function groupLimit(
  groups: ReadonlyMap<string, string>,
  controller: string,
  version2: Files,
  version1: Files,
): readonly [number | undefined, number | null] {
  const ofVersion = (root: string, path: string | undefined, [max, current]: Files) =>
    path === undefined ? [] : foldersUp(root, path).flatMap((folder) => {
      const value = numberIn(`${folder}/${max}`);
      const used = numberIn(`${folder}/${current}`);
      return value === undefined || used === undefined || value >= unlimited ? [] : [{ value, used }];
    });
  const found = [
    ...ofVersion("/sys/fs/cgroup", groups.get(""), version2),
    ...ofVersion(`/sys/fs/cgroup/${controller}`, groups.get(controller), version1),
  ].toSorted((a, b) => a.value - a.used - (b.value - b.used));
  return found.length === 0 ? [undefined, null] : [found[0].value, found[0].used];
}

/** What version 1 says where there is no limit: the largest multiple of a page in 63 bits. */
const unlimited = 2 ** 62;

function foldersUp(root: string, path: string): string[] {
  const names = path.split("/").filter((name) => name !== "");
  return Array.from(
    { length: names.length + 1 },
    (_, i) => [root, ...names.slice(0, names.length - i)].join("/"),
  );
}

function numberIn(path: string): number | undefined {
  const text = textOf(path)?.trim() ?? "";
  return /^\d+$/.test(text) ? Number(text) : undefined;
}

/** All threads that there are: the part behind the slash of the fourth field of /proc/loadavg. */
function threadsOfSystem(): number | null {
  const [, threads] = /^\S+ \S+ \S+ \d+\/(\d+)/.exec(textOf("/proc/loadavg") ?? "") ?? [];
  return threads === undefined ? null : Number(threads);
}

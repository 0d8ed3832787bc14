/** A limit of a control group, and what its programs use of it. */
export interface GroupLimit {
  readonly value: number;
  readonly used: number;
}

/** What a control group limits: `memory` in bytes, `pids` in threads. */
type Controller = "memory" | "pids";

/** Files of a control group: one with the limit, and one with the use. */
type Files = readonly [max: string, current: string];

/** The files of the two versions of control groups. */
const filesOf: Readonly<Record<Controller, readonly [version2: Files, version1: Files]>> = {
  memory: [["memory.max", "memory.current"], ["memory.limit_in_bytes", "memory.usage_in_bytes"]],
  pids: [["pids.max", "pids.current"], ["pids.max", "pids.current"]],
};

/** What version 1 says where there is no limit: the largest multiple of a page in 63 bits. */
const unlimited = 2 ** 62;

/** Reads a file of the system; undefined if it cannot be read. */
export type ReadText = (path: string) => string | undefined;

/** The text of a file of the system; undefined if it cannot be read. Needs all permissions, as /proc and /sys do. */
export const textOf: ReadText = (path) => {
  try {
    return Deno.readTextFileSync(path);
  } catch {
    return undefined;
  }
};

/** The number that a file of the system holds; undefined if it holds none. */
export function numberIn(path: string, read: ReadText = textOf): number | undefined {
  const text = read(path)?.trim() ?? "";
  return /^\d+$/.test(text) ? Number(text) : undefined;
}

/**
 * The tightest limit of our control group and of those that it is in; undefined if there is none. A container sees its own
 * group as the root. Memory that only caches files is free: the kernel takes it back before the limit is met.
 */
export function groupLimit(controller: Controller, read: ReadText = textOf): GroupLimit | undefined {
  const groups = parseGroups(read("/proc/self/cgroup") ?? "");
  const [version2, version1] = filesOf[controller];
  const inVersion = (root: string, path: string | undefined, [max, current]: Files) =>
    path === undefined ? [] : foldersUp(root, path).flatMap((folder) => {
      const value = numberIn(`${folder}/${max}`, read);
      const used = numberIn(`${folder}/${current}`, read);
      if (value === undefined || used === undefined || value >= unlimited) return [];
      const cached = controller === "memory" ? cachedBytes(read(`${folder}/memory.stat`) ?? "") : 0;
      return [{ value, used: Math.max(0, used - cached) }];
    });
  return [
    ...inVersion("/sys/fs/cgroup", groups.get(""), version2),
    ...inVersion(`/sys/fs/cgroup/${controller}`, groups.get(controller), version1),
  ].toSorted((a, b) => a.value - a.used - (b.value - b.used)).at(0);
}

/** What control groups leave a program of its machine. */
export interface GroupLimits {
  readonly memory: GroupLimit | undefined;
  /** CPU time, in cores: 1.5 are 150 ms in each 100 ms. Undefined: no limit. */
  readonly cpuQuota: number | undefined;
  /** Cores that the program may use. */
  readonly cores: number;
}

/** The limits of our control group and of those that it is in. `known`: the cores that Deno counts. */
export function groupLimits(known: number, read: ReadText = textOf): GroupLimits {
  const quota = cpuQuota(read);
  const cores = quota === undefined ? known : usableCores(allowedCores(read) ?? known, quota);
  return { memory: groupLimit("memory", read), cpuQuota: quota, cores };
}

/**
 * So many cores make use of a quota: part of a core needs a thread, as Go 1.25 has it. Deno rounds down, which would leave a
 * third of 1.5 cores unused.
 */
function usableCores(allowed: number, quota: number): number {
  return Math.max(1, Math.min(allowed, Math.ceil(quota)));
}

/** Cores that affinity and cpuset leave; undefined if the system does not tell. */
function allowedCores(read: ReadText): number | undefined {
  const [, list] = /^Cpus_allowed_list:\s*(\S+)$/m.exec(read("/proc/self/status") ?? "") ?? [];
  return list?.split(",").reduce((sum, range) => {
    const [first, last = first] = range.split("-").map(Number);
    return sum + last - first + 1;
  }, 0);
}

/** The tightest CPU quota of our control group and of those that it is in, in cores; undefined if there is none. */
function cpuQuota(read: ReadText): number | undefined {
  const groups = parseGroups(read("/proc/self/cgroup") ?? "");
  const folders = (root: string, path: string | undefined) => path === undefined ? [] : foldersUp(root, path);
  const version2 = folders("/sys/fs/cgroup", groups.get("")).map((folder) => {
    const [, quota, period] = /^(\d+) (\d+)$/m.exec(read(`${folder}/cpu.max`) ?? "") ?? [];
    return Number(quota) / Number(period);
  });
  const version1 = folders("/sys/fs/cgroup/cpu", groups.get("cpu")).map((folder) => {
    const quota = numberIn(`${folder}/cpu.cfs_quota_us`, read); // -1, which is no number here: none
    return (quota ?? NaN) / (numberIn(`${folder}/cpu.cfs_period_us`, read) ?? NaN);
  });
  const quotas = [...version2, ...version1].filter((quota) => quota > 0 && quota < Infinity);
  return quotas.length === 0 ? undefined : Math.min(...quotas);
}

/** The groups of /proc/self/cgroup: their paths by controller; that of version 2 has the name "". */
export function parseGroups(text: string): ReadonlyMap<string, string> {
  const lines = [...text.matchAll(/^\d+:([^:]*):(.*)$/gm)];
  return new Map(lines.flatMap(([, names, path]) => names.split(",").map((name) => [name, path])));
}

/** File pages that nobody has used for a while, of the group and those in it: version 1 calls that sum `total_`. */
function cachedBytes(stat: string): number {
  const [, bytes] = /^total_inactive_file (\d+)$/m.exec(stat) ?? /^inactive_file (\d+)$/m.exec(stat) ?? [];
  return Number(bytes ?? 0);
}

function foldersUp(root: string, path: string): string[] {
  const names = path.split("/").filter((name) => name !== "");
  return Array.from(
    { length: names.length + 1 },
    (_, i) => [root, ...names.slice(0, names.length - i)].join("/"),
  );
}

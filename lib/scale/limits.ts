import type { Forecast, Limit, LimitName, ScaleKind } from "../model/scale.ts";
import type { Use } from "./wire.ts";

/** What of a process's use each limit bounds. */
const bounded: Readonly<Record<LimitName, keyof Use>> = {
  memory: "rssBytes",
  "cgroup-memory": "rssBytes",
  heap: "rssBytes",
  "address-space": "virtualBytes",
  "threads-max": "threads",
  "pid-max": "threads",
  "cgroup-pids": "threads",
  "user-processes": "threads",
  "map-count": "maps",
  "open-files": "files",
};

/** Which limits bound a kind: a thread has a heap of its own, and tasks are all in one. */
function bounds({ name }: Limit, kind: ScaleKind): boolean {
  return name !== "heap" || kind !== "thread";
}

/** A limit of which so much was in use counts as the one that was met. */
const metPart = 0.9;

/** The limit that was met when so much had been added, as its use tells; undefined if none is near. */
export function metLimit(limits: readonly Limit[], added: Use, kind: ScaleKind): Limit | undefined {
  const part = (limit: Limit) => (limit.used + (added[bounded[limit.name]] ?? 0)) / limit.value;
  const near = limits.filter((limit) => bounds(limit, kind) && part(limit) >= metPart);
  return near.toSorted((a, b) => part(b) - part(a))[0];
}

/** How many there can be until each limit is met, if each takes `each`; the nearest limit first. */
export function forecast(limits: readonly Limit[], each: Use, kind: ScaleKind): Forecast[] {
  const all = limits.filter((limit) => bounds(limit, kind)).flatMap(({ name, value, used }) => {
    const one = each[bounded[name]] ?? 0;
    return one > 0 ? [{ kind, limit: name, value, alive: Math.max(0, Math.floor((value - used) / one)) }] : [];
  });
  return all.toSorted((a, b) => a.alive - b.alive);
}

/** What each of so many uses. */
export function eachUse(use: Use, alive: number): Use {
  const each = (value: number | null) => value === null ? null : value / alive;
  return {
    rssBytes: use.rssBytes / alive,
    virtualBytes: each(use.virtualBytes),
    threads: each(use.threads),
    maps: each(use.maps),
    files: each(use.files),
  };
}

/** What a process uses of which only the resident memory is known. */
export function memoryUse(rssBytes: number, files: number | null = null): Use {
  return { rssBytes, virtualBytes: null, threads: null, maps: null, files };
}

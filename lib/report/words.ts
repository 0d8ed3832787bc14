/** Words that all texts share: numbers, plurals, the time that is left, what runs where. */
import type { Machine } from "../model/machine.ts";
import type { Head } from "../model/document.ts";
import { printableLine } from "./printable.ts";
import { formatBytes, grouped, threeDigits } from "./units.ts";

/** `48,112`: a whole number with its thousands grouped. */
export function whole(value: number): string {
  return grouped(Math.round(value));
}

/** `1 item`, `1,000 items`. */
export function plural(count: number, noun: string): string {
  return `${whole(count)} ${noun}${count === 1 ? "" : "s"}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(words: readonly string[]): string {
  return words.join(", ").replace(/, ([^,]*)$/, " and $1");
}

/** `1 round is`, `2 rounds are`. */
export function pluralIs(count: number, noun: string): string {
  return `${plural(count, noun)} ${count === 1 ? "is" : "are"}`;
}

/** `761/s`, `0.25/s`: how many came in that time. */
export function rate(count: number, elapsedMs: number): string {
  const perSecond = count / elapsedMs * 1000;
  return `${perSecond >= 100 ? whole(perSecond) : threeDigits(perSecond)}/s`;
}

/** `61 s`, `17 min`, `2.50 h`: a time that need not be exact. */
export function roughTime(ms: number): string {
  const seconds = ms / 1000;
  if (seconds < 100) return `${Math.ceil(seconds)} s`;
  return seconds < 6000 ? `${Math.ceil(seconds / 60)} min` : `${threeDigits(seconds / 3600)} h`;
}

/** `ETA 9 s`, if the rest goes on as fast as what is done. Some must be done. */
export function eta(done: number, total: number, elapsedMs: number): string {
  return `ETA ${roughTime(elapsedMs / done * Math.max(0, total - done))}`;
}

/** `2026-11-27 01:04 UTC`, of a moment as documents have it. */
export function momentText(moment: string): string {
  return `${moment.slice(0, 16).replace("T", " ")} UTC`;
}

/** `8 cores`, or which part of them can be used and what limits it: `2 of 8 cores (quota)`. */
function coresText({ cores, usableCores, cpuQuota }: Machine): string {
  if (usableCores >= cores) return plural(usableCores, "core");
  const limit = cpuQuota !== null && Math.ceil(cpuQuota) <= usableCores ? "quota" : "affinity";
  return `${usableCores} of ${plural(cores, "core")} (${limit})`;
}

/** `tandem 0.1.0 · deno 2.9.6 · linux x86_64 · AMD EPYC, 2 cores · 23.0 GiB free`: what ran where. */
export function placeText({ tool, machine }: Pick<Head<"claims">, "tool" | "machine">): string {
  const { os, arch, cpu, freeBytes } = machine;
  const cores = `${cpu}, ${coresText(machine)}`;
  const versions = [`tandem ${tool.version}`, `deno ${tool.deno}`];
  return printableLine([...versions, `${os} ${arch}`, cores, `${formatBytes(freeBytes)} free`].join(" · "));
}

/** CPU time of threads, and the time with work (`knownMs`) in which they used it. */
export interface KnownWork {
  readonly cpuMs: number;
  readonly knownMs: number;
}

/** Some kernels count CPU time in ticks of 10 ms: fewer than 20 ticks say nothing. */
const minKnownMs = 200;

/** The share of their time with work that threads computed; undefined if Deno cannot tell or the time was too short. */
export function computingShare({ cpuMs, knownMs }: KnownWork): number | undefined {
  return knownMs < minKnownMs ? undefined : Math.min(1, cpuMs / knownMs);
}

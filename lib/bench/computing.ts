/** Processor time of threads, in so much of their time with work. */
export interface KnownWork {
  readonly cpuMs: number;
  readonly knownMs: number;
}

/** Some kernels count processor time in ticks of 10 ms: fewer than 20 of them tell nothing. */
const minKnownMs = 200;

/** The part of their time with work that threads computed; undefined if Deno cannot tell, or it was too short. */
export function computingShare({ cpuMs, knownMs }: KnownWork): number | undefined {
  return knownMs < minKnownMs ? undefined : Math.min(1, cpuMs / knownMs);
}

/** What a run was like when nothing was left to try. */
export interface Settled {
  /** Since when, in milliseconds. */
  readonly since: number;
  /** Good items in a millisecond. */
  readonly speed: number;
  /** The share of their time that threads computed; undefined if that is not known. */
  readonly computing: number | undefined;
}

/** By how much it changes when the items do, rather than by chance: a factor of the speed, and a part of the share. */
const changed = { speed: 1.5, computing: 0.3 };

/** Whether the items have become other ones. */
export function hasChanged(before: Settled, now: Omit<Settled, "since">): boolean {
  if (now.speed > before.speed * changed.speed || now.speed < before.speed / changed.speed) return true;
  return Math.abs((now.computing ?? 0) - (before.computing ?? 0)) > changed.computing;
}

/** A run that has been the same for so long has settled: its beginning tells little. In milliseconds. */
const steadyMs = 200;

export function isSteady({ since }: Settled, now: number): boolean {
  return now - since >= steadyMs;
}

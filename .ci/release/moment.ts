/**
 * The time of all files in the archives, so that the same files make the same archive. Its text is SOURCE_DATE_EPOCH, seconds since 1970
 * (https://reproducible-builds.org/specs/source-date-epoch/), or the commit's time in the same unit.
 */
export function releasedAt(seconds: string): Date {
  const at = new Date(Number(seconds) * 1000);
  const inZips = at.getUTCFullYear() >= 1980 && at.getUTCFullYear() < 2108;
  if (!/^\d+\n?$/.test(seconds) || !inZips) {
    throw new RangeError(`SOURCE_DATE_EPOCH: expected seconds since 1970, from 1980 to 2107, not "${seconds.trim()}"`);
  }
  return at;
}

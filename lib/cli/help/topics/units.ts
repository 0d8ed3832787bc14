/** How values with a unit are written, in and out. */
export const text = `DURATIONS, like --timeout 1.5s

  us, µs   microseconds
  ms       milliseconds
  s        seconds
  m, min   minutes
  h        hours

At most 24 days. Only 0 needs no unit.

SIZES, like --memory 512MiB

  b               bytes
  kB, MB, GB      1000, 1000^2, 1000^3 bytes
  KiB, MiB, GiB   1024, 1024^2, 1024^3 bytes

COUNTS, like --limit 10k

  10k   10,000            2m    2,000,000            1e6   1,000,000

RATES, like --rate 60/min

A number of items, and the time in which at most so many may start: s, sec, m,
min, h, hour, d, day. A number may stand before it: 900/15min.

PARTS, like --shard 0/4

The first of four, counted from 0: lines 1, 5, 9, ... --shard auto is the part
that an engine says: see tandem help gather.

Upper and lower case mean the same. A duration or a size may have decimals
(1.5h) and an exponent (1e3ms), and a blank before its unit ('5 s').

  tandem run job.js --timeout 500ms --max-line 1MiB --limit 10k < items

WHAT IS PRINTED

Texts have three significant digits and the unit that suits: 1.40 µs, 15.1 ms,
7.41 MiB (1024^2 bytes), 10,800×. JSON has plain numbers and the unit in the
name: elapsedMs, rssBytes, itemsPerSecond; in options, durations are
milliseconds and sizes bytes.
`;

import type { Item, World } from "./world.ts";

/** A world, and how much longer than with the best fixed width a run may take in it. */
export interface Bounded {
  readonly world: World;
  readonly most: number;
}

const cores = 2;
const wait = (waitMs: number, computeMs = 0) => (): Item => ({ computeMs, waitMs });
const compute = (computeMs: number) => (): Item => ({ computeMs });

/** A service whose answers take longer, the more requests beyond 50 it has. */
const crowding = (waitMs: number, power: number) => (_: number, __: number, inFlight: number): Item => ({
  computeMs: 0,
  waitMs: waitMs * Math.max(1, inFlight / 50) ** power,
});

/** A number from 0 to 1 for each index that looks random and is always the same. */
function noise(index: number): number {
  const x = Math.sin(index * 12.9898 + 78.233) * 43758.5453;
  return x - Math.floor(x);
}

/** Each takes the best fixed width one to three seconds, or ten. */
export const worlds: Readonly<Record<string, Bounded>> = {
  "waits 2 ms": { world: { cores, items: 100_000, item: wait(2) }, most: 1.2 },
  "waits 20 ms": { world: { cores, items: 40_000, item: wait(20) }, most: 1.15 },
  "waits 200 ms": { world: { cores, items: 7_680, item: wait(200) }, most: 1.1 },
  "waits 2 s": { world: { cores, items: 2_560, item: wait(2_000) }, most: 1.05 },
  "computes 50 us": { world: { cores, items: 60_000, item: compute(0.05) }, most: 1.05 },
  "computes 1 ms": { world: { cores, items: 6_000, item: compute(1) }, most: 1.05 },
  "computes 50 ms": { world: { cores, items: 120, item: compute(50) }, most: 1.05 },
  "computes 150 ms": { world: { cores, items: 40, item: compute(150) }, most: 1.05 },
  "waits 50, computes 0.2 ms": { world: { cores, items: 24_000, item: wait(50, 0.2) }, most: 1.1 },
  "waits 4, computes 1 ms": { world: { cores, items: 6_000, item: wait(4, 1) }, most: 1.1 },
  "waits 1, computes 4 ms": { world: { cores, items: 1_500, item: wait(1, 4) }, most: 1.05 },
  "does nothing": { world: { cores, items: 100_000, item: compute(0), overheadMs: 0.01 }, most: 1.05 },
  "does nothing, async": { world: { cores, items: 50_000, item: wait(0), overheadMs: 0.01 }, most: 1.1 },
  "skewed waits": {
    world: {
      cores,
      items: 12_000,
      item: (i) => ({ computeMs: 0, waitMs: noise(i) < 0.02 ? 1_000 : 20 * noise(i + 7) + 5 }),
    },
    most: 1.15,
  },
  "random waits": {
    world: { cores, items: 12_000, item: (i) => ({ computeMs: 0, waitMs: -100 * Math.log(1 - noise(i)) }) },
    most: 1.2,
  },
  "skewed computing": {
    world: { cores, items: 3_000, item: (i) => ({ computeMs: noise(i) < 0.01 ? 100 : 1 }) },
    most: 1.05,
  },
  "waits, then computes": {
    world: {
      cores,
      items: 20_000,
      item: (i) => i < 17_000 ? { computeMs: 0, waitMs: 50 } : { computeMs: 1 },
    },
    most: 1.15,
  },
  "computes, then waits": {
    world: { cores, items: 20_000, item: (i) => i < 3_000 ? { computeMs: 1 } : { computeMs: 0, waitMs: 50 } },
    most: 1.1,
  },
  "slower beyond 50 at once": { world: { cores, items: 4_000, item: crowding(50, 1.5) }, most: 1.2 },
  "no faster beyond 50 at once": { world: { cores, items: 4_000, item: crowding(50, 1) }, most: 1.05 },
  "a slow reader": { world: { cores, items: 3_000, item: wait(20), reader: 1 }, most: 1.02 },
  "input that trickles": { world: { cores, items: 2_000, item: wait(20), input: 0.5 }, most: 1.02 },
};

/** The widths that a run may be compared with. */
export const grid = [[1, 1], [2, 1], [1, 8], [1, 64], [1, 512], [2, 4], [2, 32], [2, 256]].map(
  ([threads, tasks]) => ({ threads, tasks }),
);

/** A service that handles `most` items at once, in `waitMs` each, and rejects others in `rejectMs`. */
const rejecting = (most: number, waitMs: number, rejectMs: number) => (_: number, __: number, inFlight: number): Item =>
  inFlight >= most ? { computeMs: 0, waitMs: rejectMs, fails: true, isRejected: true } : { computeMs: 0, waitMs };

/** Items of which a share fails, whatever the width: a good one waits for 50 ms, a bad one for `badMs`. */
const bad = (share: number, badMs = 50) => (i: number): Item =>
  noise(i) < share ? { computeMs: 0, waitMs: badMs, fails: true } : { computeMs: 0, waitMs: 50 };

/** A world in which items fail. */
export interface Failing {
  readonly world: World;
  /** The width that makes the most of it. */
  readonly best: number;
  /** The share of its speed, in good items, that a run must reach. */
  readonly least: number;
  /** The share of items that may fail after the first second. */
  readonly most: number;
}

export const failing: Readonly<Record<string, Failing>> = {
  "rejects at once above 20": {
    world: { cores, items: 20_000, item: rejecting(20, 20, 1) },
    best: 20,
    least: 0.95,
    most: 0.05,
  },
  "rejects slowly above 20": {
    world: { cores, items: 20_000, item: rejecting(20, 20, 20) },
    best: 20,
    least: 0.8,
    most: 0.05,
  },
  "rejects at once above 100": {
    world: { cores, items: 20_000, item: rejecting(100, 50, 2) },
    best: 100,
    least: 0.8,
    most: 0.05,
  },
  "rejects at once above 4": {
    world: { cores, items: 3_000, item: rejecting(4, 20, 1) },
    best: 4,
    least: 0.95,
    most: 0.05,
  },
  "rejects all above 20": {
    world: {
      cores,
      items: 10_000,
      item: (_, __, inFlight) => ({ computeMs: 0, waitMs: 20, fails: inFlight >= 20 }),
    },
    best: 20,
    least: 0.8,
    most: 0.05,
  },
  "one of ten is bad": { world: { cores, items: 20_000, item: bad(0.1) }, best: 512, least: 0.7, most: 0.12 },
  "one of ten is bad, and quick": {
    world: { cores, items: 20_000, item: bad(0.1, 1) },
    best: 512,
    least: 0.65,
    most: 0.12,
  },
  "six of ten are bad": { world: { cores, items: 20_000, item: bad(0.6) }, best: 512, least: 0.5, most: 0.65 },
  "one of a thousand is bad": { world: { cores, items: 20_000, item: bad(0.001) }, best: 512, least: 0.85, most: 0.01 },
};

import type { Item, World } from "./world.ts";

/** A world, and what the p99 of its items' times should be below, in milliseconds. */
export interface Aimed {
  readonly world: World;
  readonly targetMs: number;
  /** When the run should have found its width, in milliseconds; 10 s if nothing is said. */
  readonly lateMs?: number;
}

const cores = 2;

/** A number from 0 to 1 for each index that looks random and is always the same. */
function noise(index: number): number {
  const x = Math.sin(index * 12.9898 + 78.233) * 43758.5453;
  return x - Math.floor(x);
}

/** A service that answers in `ms`, up to `most` requests at once; beyond that the time grows with a power of their number. */
const crowded =
  (ms: number, most: number, power: number, jitter = 0) => (i: number, _: number, inFlight: number): Item => ({
    computeMs: 0,
    waitMs: ms * Math.max(1, inFlight / most) ** power * (1 + jitter * noise(i)),
  });

/** A service whose times grow from the first request on. */
const growing = (ms: number, each: number) => (i: number, _: number, inFlight: number): Item => ({
  computeMs: 0,
  waitMs: (ms + each * inFlight) * (0.8 + 0.4 * noise(i)),
});

/** Times with a long tail, which grow with the width. */
const tailed = (ms: number, most: number) => (i: number, _: number, inFlight: number): Item => ({
  computeMs: 0,
  waitMs: ms * Math.max(1, inFlight / most) * (0.5 - Math.log(1 - noise(i)) / 2),
});

/** Each takes half a minute or so. */
export const aimed: Readonly<Record<string, Aimed>> = {
  "a queue beyond 50 at once": { world: { cores, items: 40_000, item: crowded(50, 50, 1) }, targetMs: 150 },
  "a queue beyond 50 at once, with noise": {
    world: { cores, items: 40_000, item: crowded(50, 50, 1, 0.5) },
    targetMs: 150,
  },
  "worse than a queue beyond 50 at once": {
    world: { cores, items: 40_000, item: crowded(50, 50, 1.5) },
    targetMs: 100,
  },
  "much worse beyond 100 at once, and near the target before": {
    world: { cores, items: 24_000, item: crowded(170, 100, 3) },
    targetMs: 200,
    lateMs: 13_000,
  },
  "times that grow from the first one on": { world: { cores, items: 30_000, item: growing(40, 2) }, targetMs: 120 },
  "a long tail": { world: { cores, items: 40_000, item: tailed(20, 30) }, targetMs: 100 },
  "waits 4, computes 1 ms": {
    world: { cores, items: 40_000, item: () => ({ computeMs: 1, waitMs: 4 }) },
    targetMs: 20,
  },
  "computes 5 ms": { world: { cores, items: 10_000, item: () => ({ computeMs: 5 }) }, targetMs: 50 },
  "a target that is far away": {
    world: { cores, items: 80_000, item: () => ({ computeMs: 0, waitMs: 200 }) },
    targetMs: 1_000,
  },
  "a few are slow, whatever the width": {
    world: {
      cores,
      items: 40_000,
      item: (i, now, inFlight) =>
        noise(i) < 0.004 ? { computeMs: 0, waitMs: 500 } : crowded(30, 40, 1)(i, now, inFlight),
    },
    targetMs: 90,
  },
  "a service that becomes half as quick": {
    world: {
      cores,
      items: 24_000,
      item: (i, now, inFlight) => crowded(50, now < 12_000 ? 60 : 30, 1)(i, now, inFlight),
    },
    targetMs: 150,
    lateMs: 16_000,
  },
};

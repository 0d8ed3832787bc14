/** Lines of a work's input, and the job that takes them. */
export interface Work {
  readonly job: "mixed" | "noop" | "noop_async" | "length" | "fetch" | "page";
  readonly count: number;
  readonly line: (index: number) => string;
  /** How long an item waits and computes on average, in milliseconds: widths that take far too long are left out. */
  readonly waitMs: number;
  readonly computeMs: number;
  /** Items a millisecond that the input gives, if it trickles. */
  readonly input?: number;
  /** Bytes a millisecond that whoever reads the results takes, if that is little. */
  readonly reader?: number;
}

const item = (waitMs: number | null, computeMs: number) => JSON.stringify({ waitMs, computeMs });
const same = (waitMs: number | null, computeMs: number, count: number): Work => ({
  job: "mixed",
  count,
  line: () => item(waitMs, computeMs),
  waitMs: waitMs ?? 0,
  computeMs,
});

/** A number from 0 to 1 for each index that is the same in every run. */
function noise(index: number): number {
  const x = Math.sin(index * 12.9898 + 78.233) * 43758.5453;
  return x - Math.floor(x);
}

/**
 * Each takes the best fixed width two to four seconds on two cores. `service`: the address of a loopback server whose answers take
 * longer, the more requests beyond 50 it has at once.
 */
export const worksWith = (service: string): Readonly<Record<string, Work>> => ({
  "waits 2 ms": same(2, 0, 150_000),
  "waits 20 ms": same(20, 0, 60_000),
  "waits 200 ms": same(200, 0, 7_500),
  "waits 2 s": same(2_000, 0, 1_024),
  "computes 50 us": same(null, 0.05, 80_000),
  "computes 1 ms": same(null, 1, 5_000),
  "computes 50 ms": same(null, 50, 100),
  "computes 150 ms": same(null, 150, 40),
  "waits 50, computes 0.2 ms": same(50, 0.2, 20_000),
  "waits 4, computes 1 ms": same(4, 1, 5_000),
  "waits 1, computes 4 ms": same(1, 4, 1_200),
  "does nothing": { job: "noop", count: 4_000_000, line: (i) => `${i}`, waitMs: 0, computeMs: 0 },
  "does nothing, async": { job: "noop_async", count: 1_500_000, line: (i) => `${i}`, waitMs: 0, computeMs: 0 },
  "256 KiB": { job: "length", count: 3_000, line: () => `"${"x".repeat(256 * 1024)}"`, waitMs: 0, computeMs: 0.2 },
  "skewed waits": {
    job: "mixed",
    count: 25_000,
    line: (i) => item(noise(i) < 0.02 ? 1_000 : Math.round(5 + 20 * noise(i + 7)), 0),
    waitMs: 35,
    computeMs: 0,
  },
  "waits, then computes": {
    job: "mixed",
    count: 13_000,
    line: (i) => i < 10_000 ? item(50, 0) : item(null, 1),
    waitMs: 38,
    computeMs: 0.25,
  },
  "computes, then waits": {
    job: "mixed",
    count: 13_000,
    line: (i) => i < 3_000 ? item(null, 1) : item(50, 0),
    waitMs: 38,
    computeMs: 0.25,
  },
  "slower beyond 50 at once": {
    job: "fetch",
    count: 2_500,
    line: () => JSON.stringify(service),
    waitMs: 50,
    computeMs: 0.2,
  },
  "a slow reader": { ...same(20, 0, 3_000), job: "page", reader: 1_000 },
  "input that trickles": { ...same(20, 0, 1_500), input: 0.5 },
});

/** The kinds of work that the claims are about. */
export type WorkId = "cpu" | "waiting" | "mixed";

/** A piece of work: a built-in job and its items. */
export interface Work {
  readonly id: WorkId;
  /** What an item does. */
  readonly about: string;
  readonly job: string;
  readonly items: readonly unknown[];
}

/** The three kinds of work. The amounts make a serial run take 0.2 to 0.3 s on a machine of 2024. */
export const works: readonly Work[] = [
  { id: "cpu", about: "computes", job: "primes", items: repeat(40, 90_000) },
  { id: "waiting", about: "waits", job: "sleep", items: repeat(48, 4) },
  { id: "mixed", about: "waits, then computes", job: "mixed", items: repeat(40, { waitMs: 4, limit: 60_000 }) },
];

function repeat<T>(count: number, item: T): readonly T[] {
  return Array.from({ length: count }, () => item);
}

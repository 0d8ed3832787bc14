/** Waits `ms` milliseconds, as for an answer from elsewhere. */
export default async function sleep(ms: number): Promise<number> {
  await new Promise((resolve) => setTimeout(resolve, ms));
  return ms;
}

export const items: readonly number[] = Array.from({ length: 96 }, () => 5);

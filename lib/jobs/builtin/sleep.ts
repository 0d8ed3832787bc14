/** Waits `ms` milliseconds, like a job that waits for a server's answer. */
export default async function sleep(ms: number): Promise<number> {
  await new Promise((resolve) => setTimeout(resolve, ms));
  return ms;
}

export const items: readonly number[] = Array.from({ length: 96 }, () => 5);

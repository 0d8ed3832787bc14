/** I/O-bound: waits for `ms` milliseconds, as for an answer from elsewhere. */
export default async function sleep(ms: number): Promise<number> {
  await new Promise((resolve) => setTimeout(resolve, ms));
  return ms;
}

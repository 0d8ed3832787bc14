/**
 * Processor time of this thread in milliseconds; undefined where Deno cannot tell (before 2.9). A call takes 12 us, the
 * first one 10 ms, because Node's `process` is made then.
 */
export function threadCpuTime(): number | undefined {
  const usage = globalThis.process.threadCpuUsage?.();
  return usage && (usage.user + usage.system) / 1000;
}

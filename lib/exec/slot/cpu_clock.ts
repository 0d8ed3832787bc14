import { apply, getOwnPropertyDescriptor, self } from "../../natives.ts";

/** Makes Node's `process` when it is first asked. */
const processOf = getOwnPropertyDescriptor(self, "process")?.get ?? (() => self.process);

/**
 * Processor time of this thread in milliseconds; undefined where Deno cannot tell (before 2.9), or where the job has replaced
 * what tells it. A call takes 12 us, the first one 10 ms, because Node's `process` is made then.
 */
export function threadCpuTime(): number | undefined {
  try {
    const usage = (apply(processOf, self, []) as typeof self.process).threadCpuUsage();
    const ms = (usage.user + usage.system) / 1000;
    return ms >= 0 ? ms : undefined;
  } catch {
    return undefined;
  }
}

import type { ProcessUse } from "../../wire/protocol.ts";

/**
 * Reads what this process uses in all of its threads, those of the job too; its child processes do not count.
 * A reading takes 12 us, the first one 15 ms, because Node's `process` is made then: so it is made here, while the slot's
 * thread loads the job. Needs no permission.
 */
export class ProcessUseReader {
  readonly #process = globalThis.process;
  #cpuMs = this.#cpuNow();

  /** Since it was last read, or made. */
  read(): ProcessUse {
    const before = this.#cpuMs;
    this.#cpuMs = this.#cpuNow();
    return { processCpuMs: this.#cpuMs - before, processRssBytes: Deno.memoryUsage().rss };
  }

  #cpuNow(): number {
    const { user, system } = this.#process.cpuUsage();
    return (user + system) / 1000;
  }
}

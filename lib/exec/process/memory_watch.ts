/** How often the memory of the process is read, in milliseconds: a limit of 256 MiB is seen at 258 to 266 MiB. */
const periodMs = 5;

/** Looks at the resident memory of this process, ArrayBuffers and all, and tells once when it is more than the limit. */
export class MemoryWatch {
  readonly #limitBytes: number;
  readonly #passed: (usedBytes: number) => void;

  constructor(limitBytes: number, passed: (usedBytes: number) => void) {
    this.#limitBytes = limitBytes;
    this.#passed = passed;
  }

  /** It is more already. */
  get isPassed(): boolean {
    return Deno.memoryUsage().rss > this.#limitBytes;
  }

  /** What is used now. */
  get text(): string {
    return `${Math.round(Deno.memoryUsage().rss / 1024 / 1024)} MiB`;
  }

  start(): void {
    const timer = setInterval(() => {
      const { rss } = Deno.memoryUsage();
      if (rss <= this.#limitBytes) return;
      clearInterval(timer);
      this.#passed(rss);
    }, periodMs);
  }
}

import type { SlotReading } from "./slot_reading.ts";

/** The share is that of about so much time with work, in milliseconds. */
const spanMs = 60;

/**
 * The share of their time with work that threads computed lately. A look is too short to tell: some systems count processor time
 * in steps of 10 ms.
 */
export class ComputingShare {
  #cpuMs = 0;
  #knownMs = 0;
  #everMs = 0;

  add({ ms, cpuMs, pendingMs, items }: SlotReading): void {
    const computed = items > 0 && pendingMs === 0 ? ms : cpuMs; // a job without promises never waits
    if (computed === undefined) return;
    this.#cpuMs += computed;
    this.#knownMs += ms;
    this.#everMs += ms;
    if (this.#knownMs < spanMs) return;
    this.#cpuMs /= 2;
    this.#knownMs /= 2;
  }

  /** The same, once it is of a time that is long enough to be told. */
  get measured(): number | undefined {
    return this.#everMs < spanMs ? undefined : this.value;
  }

  /** From 0 to 1; undefined if Deno cannot tell. */
  get value(): number | undefined {
    return this.#knownMs === 0 ? undefined : Math.min(1, this.#cpuMs / this.#knownMs);
  }
}

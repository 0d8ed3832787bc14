import type { Pressure } from "../../machine_pressure.ts";

/** What a machine must not exceed; undefined: anything goes. */
export interface PressureLimits {
  /** The highest load, from 0 to 1. */
  readonly load?: number;
  /** The least free memory, in bytes. */
  readonly freeBytes?: number;
}

/** What holds starts back, as it was found. */
export type Held =
  | { readonly kind: "load"; readonly load: number }
  | { readonly kind: "memory"; readonly freeBytes: number };

/** A machine that was pressed is free again below this part of the limit. */
const relief = 0.9;

/** If nothing runs for so long, something starts all the same, in milliseconds. */
const idleMs = 10_000;

/**
 * Decides when starts are held back. A run never stands still for ever, as what presses the machine may be our own threads, or
 * stay: if nothing has run for 10 s, each thread may run one item at a time until the next look (GNU make -l never holds its only job
 * back at all).
 */
export class PressureRule {
  readonly #limits: PressureLimits;
  #loaded = false;
  #short = false;
  #held: Held | undefined;
  #idleSince: number | undefined;

  constructor(limits: PressureLimits) {
    this.#limits = limits;
  }

  /** What holds starts back now. */
  get held(): Held | undefined {
    return this.#held;
  }

  /** How many items each thread may run at once from now on; 0: none starts. `runs`: whether any item does. */
  look({ load, freeBytes }: Pressure, runs: boolean, now: number): number {
    const { load: highest = Infinity, freeBytes: least = 0 } = this.#limits;
    this.#loaded = load !== undefined && load > highest * (this.#loaded ? relief : 1);
    this.#short = freeBytes !== undefined && freeBytes < least / (this.#short ? relief : 1);
    this.#held = this.#short && freeBytes !== undefined
      ? { kind: "memory", freeBytes }
      : this.#loaded && load !== undefined
      ? { kind: "load", load }
      : undefined;
    if (this.#held === undefined || runs) this.#idleSince = undefined;
    if (this.#held === undefined) return Infinity;
    if (runs) return 0;
    this.#idleSince ??= now;
    if (now - this.#idleSince < idleMs) return 0;
    this.#idleSince = now;
    return 1;
  }
}

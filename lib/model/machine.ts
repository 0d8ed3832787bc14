/** The machine that a result was measured on. */
export interface Machine {
  /** The operating system, in Deno's words. */
  readonly os: string;
  /** The processor's architecture. */
  readonly arch: string;
  /** The processor's name. */
  readonly cpu: string;
  /** Cores of the machine. */
  readonly cores: number;
  /** Cores that affinity and the cgroup quota let us use. */
  readonly usableCores: number;
  /** CPU time that the control group may have, in cores; null: it has no quota. */
  readonly cpuQuota: number | null;
  /** Memory of the machine, or of the control group if that may have less, in bytes. */
  readonly memoryBytes: number;
  /** Memory that programs here can still get, in bytes. */
  readonly freeBytes: number;
}

import type { UseReason } from "./reason.ts";

/** The saved advice of a comparison, which `run` can follow. */
export interface Plan {
  /** The version of the plan's format. */
  readonly plan: 1;
  /** The job as it was named. */
  readonly job: string;
  /** SHA-256 of the job and of the modules that it imports by relative paths, or of a built-in job's name. */
  readonly jobSha256: string;
  /** The processor that it was measured on. */
  readonly cpu: string;
  /** How many cores could be used. */
  readonly cores: number;
  /** Threads to use. */
  readonly threads: number;
  /** How many items each thread runs at once. */
  readonly tasks: number;
  /** Why this cell was recommended. */
  readonly reason: UseReason;
}

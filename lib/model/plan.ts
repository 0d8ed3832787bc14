/** The saved advice of a comparison, for `run` to follow. */
export interface Plan {
  /** The version of this form. */
  readonly plan: 1;
  /** The job as it was named. */
  readonly job: string;
  /** SHA-256 of the job and of what it imports by relative paths; null for a built-in job. */
  readonly jobSha256: string | null;
  /** The processor that it was measured on. */
  readonly cpu: string;
  /** The cores that could be used. */
  readonly cores: number;
  /** Threads to use. */
  readonly threads: number;
  /** Items that each thread is to run at once. */
  readonly tasks: number;
  /** Why. */
  readonly reason: string;
}

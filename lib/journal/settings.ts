/** Values of flags by the flags' names, as texts; null: none. */
type Texts = Readonly<Record<string, string | null>>;

/** What decides a run's items and its output. The width of the run does not. */
export interface Settings {
  /** Must be the same when failed items are retried, too. */
  readonly items: Texts;
  readonly output: Texts;
}

/** What must be the same for a run to be resumed. */
export interface Identity {
  /** SHA-256 of the job and its local modules, see job_hash.ts. */
  readonly job: string;
  readonly settings: Settings;
}

/** Why a run cannot be resumed from a journal. */
export interface Difference {
  readonly found: string;
  readonly code: "journal" | "journal-differs";
  /** The setting that differs. */
  readonly about?: string;
}

/**
 * Why a run cannot be resumed from a journal; undefined if it can. A retry of failed items may use a changed job and other
 * settings of the output, because that is how failures are fixed.
 */
export function settingsDifference(then: Identity, now: Identity, retry: boolean): Difference | undefined {
  for (const kind of retry ? ["items"] as const : ["items", "output"] as const) {
    for (const [name, given] of Object.entries(now.settings[kind])) {
      const before = then.settings[kind][name];
      if (before === given) continue;
      const found = `it was made with ${name} = ${before ?? "none"}, but this run has ${name} = ${given ?? "none"}`;
      return { found, code: "journal-differs", about: name };
    }
  }
  if (retry || then.job === now.job) return undefined;
  const changed = `the job, or a module that it imports, has changed since (${jobText(then.job)}, now ${
    jobText(now.job)
  })`;
  return { found: `${changed}; undo the change, or name a new journal`, code: "journal" };
}

/** A module by the beginning of its digest, a built-in job by its name. */
function jobText(job: string): string {
  return /^[0-9a-f]{64}$/.test(job) ? `SHA-256 ${job.slice(0, 12)}` : `@${job}`;
}

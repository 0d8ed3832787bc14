/** The values of the flags that determine the output. The width of the run does not. */
export interface Settings {
  readonly input: string;
  readonly output: string;
  readonly null: boolean;
  readonly ordered: boolean;
  readonly tag: boolean;
  readonly errors: string;
  readonly maxLine: number;
  readonly maxResult: number;
  readonly limit: number;
  readonly shard: string | null;
}

/** What must be the same for a run to be resumed. */
export interface Identity {
  /** SHA-256 of the job and its local modules, see job_hash.ts. */
  readonly job: string;
  readonly settings: Settings;
}

/** Settings that determine which items there are. They must not change when failed items are retried. */
const ofItems: readonly (keyof Settings)[] = ["null", "limit", "shard"];

/** The same settings as flags of the command line. */
export interface SettingFlags extends Omit<Settings, "ordered" | "shard"> {
  readonly unordered: boolean;
  readonly shard: { readonly index: number; readonly count: number } | undefined;
}

/** The settings of a command line. */
export function settingsOf({ unordered, shard, ...flags }: SettingFlags): Settings {
  return {
    input: flags.input,
    output: flags.output,
    null: flags.null,
    ordered: !unordered,
    tag: flags.tag,
    errors: flags.errors,
    maxLine: flags.maxLine,
    maxResult: flags.maxResult,
    limit: flags.limit,
    shard: shard ? `${shard.index}/${shard.count}` : null,
  };
}

/** Why a run cannot be resumed from a journal. */
export interface Difference {
  readonly found: string;
  readonly code: "journal" | "journal-differs";
  /** The setting that differs. */
  readonly about?: keyof Settings;
}

/**
 * Why a run cannot be resumed from a journal; undefined if it can. A retry of failed items may use a changed job and other
 * settings, because that is how failures are fixed.
 */
export function settingsDifference(then: Identity, now: Identity, retry: boolean): Difference | undefined {
  for (const name of retry ? ofItems : Object.keys(now.settings) as (keyof Settings)[]) {
    const [before, given] = [then.settings[name], now.settings[name]];
    if (before === given) continue;
    const found = `it was made with ${setting(name, before)}, but this run has ${setting(name, given)}`;
    return { found, code: "journal-differs", about: name };
  }
  if (retry || then.job === now.job) return undefined;
  const found =
    "the job, or a module that it imports, has changed since; undo the change, or start again with a new journal";
  return { found, code: "journal" };
}

function setting(name: keyof Settings, value: Settings[keyof Settings]): string {
  return `${name} = ${value === null || (name === "limit" && value === 0) ? "none" : value}`;
}

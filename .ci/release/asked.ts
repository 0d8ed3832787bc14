import { checkTag, releaseNotes } from "./notes.ts";
import { type Target, targets } from "./targets.ts";

/** What a command line asks for. */
export interface Asked {
  readonly targets: readonly Target[];
  /** The notes of the release; undefined without a tag. */
  readonly notes: string | undefined;
}

/** Reads `[--tag=vX.Y.Z] [TARGET...]`; all targets if none is named. Throws if a target is unknown or the tag is not the version's. */
export function asked(args: readonly string[], changelog: string, version: string): Asked {
  const tag = args.find((arg) => arg.startsWith("--tag="))?.slice("--tag=".length);
  const names = args.filter((arg) => !arg.startsWith("--tag="));
  const unknown = names.filter((name) => !targets.some((target) => target.name === name));
  if (unknown.length > 0) {
    throw new Error(`${unknown.join(", ")}: expected ${targets.map(({ name }) => name).join(", ")}`);
  }
  if (tag !== undefined) checkTag(tag, version);
  return {
    targets: names.length === 0 ? targets : targets.filter(({ name }) => names.includes(name)),
    notes: tag === undefined ? undefined : releaseNotes(changelog, version),
  };
}

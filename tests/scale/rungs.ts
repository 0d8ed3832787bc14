import type { ScaleRung } from "../../lib/model/scale.ts";

/** A rung with these parts; it was reached unless something stopped it. */
export function rungOf(parts: Partial<ScaleRung> & Pick<ScaleRung, "kind" | "alive">): ScaleRung {
  const { alive, totalBytes = null, stoppedBy = null } = parts;
  return {
    reached: stoppedBy === null ? alive : 0,
    totalBytes,
    eachBytes: totalBytes === null ? null : totalBytes / alive,
    startMs: totalBytes === null ? null : alive / 1000,
    endMs: totalBytes === null ? null : alive / 2000,
    virtualBytes: null,
    stoppedBy,
    limit: null,
    said: "",
    ...parts,
  };
}

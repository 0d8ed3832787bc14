import type { ChildEnd } from "../child/run_child.ts";
import type { Limit, LimitName, ScaleKind, StopName } from "../model/scale.ts";
import { metLimit } from "./limits.ts";
import type { Stop, Use } from "./wire.ts";

/** Why a child did not come to its end; null if it did. */
export interface WhyStopped {
  readonly stoppedBy: StopName | null;
  readonly limit: number | null;
  /** The beginning and the end of what the child wrote; empty if nothing. */
  readonly said: string;
}

/** What is known when a child has ended. */
export interface Ending {
  readonly kind: ScaleKind;
  readonly end: ChildEnd;
  /** What the child itself says. */
  readonly stop: Stop | null;
  readonly limits: readonly Limit[];
  /** What it used at last. */
  readonly use: Use;
  /** The user has stopped us; otherwise a child that we stop has taken too long. */
  readonly interrupted: boolean;
  readonly maxMs: number;
}

/** The limit that the system's own message names, whose number differs from system to system. */
function limitSaid(
  said: string,
  limits: readonly Limit[],
): { readonly name: LimitName; readonly value: number | null } | undefined {
  if (!/too many open files/i.test(said)) return undefined;
  return limits.find(({ name }) => name === "open-files") ?? { name: "open-files", value: null };
}

/** Why a child ended: what it says, else the limit that its use had come near, else how it ended. */
export function whyStopped({ kind, end, stop, limits, use, interrupted, maxMs }: Ending): WhyStopped {
  if (stop !== null) return { ...stop, said: "" };
  switch (end.kind) {
    case "done":
      return { stoppedBy: null, limit: null, said: "" };
    case "stopped":
      return interrupted
        ? { stoppedBy: "interrupted", limit: null, said: "" }
        : { stoppedBy: "max-time", limit: maxMs, said: "" };
    case "killed":
    case "failed": {
      const said = end.kind === "killed" ? `${end.signal}\n${end.said}`.trim() : end.said;
      const met = metLimit(limits, use, kind) ?? limitSaid(said, limits);
      if (met !== undefined) return { stoppedBy: met.name, limit: met.value, said };
      const isKill = end.kind === "killed" && end.signal === "SIGKILL";
      return { stoppedBy: isKill ? "killed" : "crashed", limit: null, said };
    }
    default:
      return end satisfies never;
  }
}

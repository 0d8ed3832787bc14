import type { Counts } from "./result.ts";

/** A run ends early when more than so many items have failed, or more than so many percent of those that ended. */
export type FailureLimit = number | { readonly percent: number };

/** So many items must have ended before a share of them says something. */
const enough = 100;

/** Whether more have failed than the limit allows. */
export function tooManyFailed(limit: FailureLimit, { ok, failed }: Counts): boolean {
  if (typeof limit === "number") return failed > limit;
  const ended = ok + failed;
  return ended >= enough && failed * 100 > limit.percent * ended;
}

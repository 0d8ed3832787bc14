import { exitCodes } from "../errors.ts";

/**
 * What a gate in CI exits with, given the verdicts and those that it fails on: 1 if one of these is shown, 4 if only "unclear" is
 * among them, so that noise and a regression can be told apart; else 0.
 */
export function gate(verdicts: Iterable<string>, failOn: readonly string[]): number {
  const failing = new Set([...verdicts].filter((verdict) => failOn.includes(verdict)));
  const isUnclear = failing.delete("unclear");
  if (failing.size > 0) return exitCodes.failed;
  return isUnclear ? exitCodes.unclear : exitCodes.ok;
}

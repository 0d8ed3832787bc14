import { limitForRounds } from "../../bench/schedule_rounds.ts";
import type { ModeChange } from "../../model/comparison.ts";
import { neededRounds, type RoundsRun } from "../../model/needed_rounds.ts";
import { shellLine } from "../terminal/command_line.ts";
import type { Session } from "../terminal/session.ts";
import { formatArguments } from "../table/parse.ts";
import { compareOptions, type CompareValues } from "./command.ts";

/** What a comparison of two jobs has found, and what it has cost. */
interface Found extends Omit<RoundsRun, "margin"> {
  readonly changes: readonly ModeChange[];
}

/**
 * The command line to go on with after two jobs were compared: where changes are unclear, as many rounds and as much time as will
 * probably show them; else the same as a gate. Null where that would take too long, where it was a gate, and after two runtimes. Flags
 * that only show or save the result do not come again.
 */
export function nextComparison(
  { changes, ...run }: Found,
  values: CompareValues,
  { given, operands, shownOnly }: Session["call"],
): string | null {
  const kept = Object.entries(given).filter(([key]) => key === "failOn" || !shownOnly.includes(key));
  const line = (rest: Partial<CompareValues>) => {
    const flags = { ...Object.fromEntries(kept), ...rest };
    const words = operands.some((operand) => operand.startsWith("-"))
      ? formatArguments(compareOptions, flags, operands)
      : [...operands, ...formatArguments(compareOptions, flags)];
    return shellLine(["tandem", "compare", ...words]);
  };
  const unclear = changes.filter(({ verdict }) => verdict === "unclear");
  if (unclear.length > 0) {
    const needed = unclear.flatMap((change) => neededRounds(change, { ...run, margin: values.margin }) ?? []);
    if (needed.length === 0) return null;
    const [rounds, ms] = [needed.map(({ rounds }) => rounds), needed.map(({ ms }) => limitForRounds(ms))];
    return line({
      rounds: Math.max(values.rounds, ...rounds),
      maxTime: Math.max(values.maxTime, ...ms.map(plainTime)),
    });
  }
  return values.failOn.length === 0 && values.runtimes.length === 0 ? line({ failOn: ["slower"] }) : null;
}

/** The next duration up that is easy to read: 10, 15, 20, 30 or 45 s, 1, 2, 3, 5, 10 min and so on; all in milliseconds. */
function plainTime(ms: number): number {
  const seconds = [10, 15, 20, 30, 45, 60, 90, 120, 180, 300, 600, 900, 1200, 1800, 2700, 3600, 5400];
  return 1000 * (seconds.find((plain) => 1000 * plain >= ms) ?? Math.ceil(ms / 1000));
}

import type { ModeChange } from "../../model/comparison.ts";
import { shellLine } from "../terminal/command_line.ts";
import type { Session } from "../terminal/session.ts";
import { formatArguments } from "../table/parse.ts";
import { compareOptions, type CompareValues } from "./command.ts";

/**
 * The command line to go on with after two jobs were compared: where a change is unclear, twice as many rounds in twice the time;
 * else the same as a gate. Null where it was one, and after two runtimes. Flags that only show or save the result do not come again.
 */
export function nextComparison(
  changes: readonly ModeChange[],
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
  if (changes.some(({ verdict }) => verdict === "unclear")) {
    return line({ rounds: Math.min(1000, 2 * values.rounds), maxTime: 2 * values.maxTime });
  }
  return values.failOn.length === 0 && values.runtimes.length === 0 ? line({ failOn: ["slower"] }) : null;
}

import type { Command, PermissionKind, Row } from "../../lib/cli/table/command.ts";
import { common, exportOptions } from "../../lib/cli/table/common_options.ts";
import type { Options } from "../../lib/cli/table/option.ts";
import { callOf, parseCommand } from "../../lib/cli/table/parse.ts";

/** The permissions that the program keeps for a command line of this command, in the order of the alphabet. */
export async function needsOf<O extends Options>(
  row: Row<O>,
  args: readonly string[] = [],
): Promise<readonly PermissionKind[]> {
  const command = { ...row, run: () => Promise.resolve(0) } as unknown as Command;
  const { values, call } = callOf(command, await parseCommand(command, args));
  return [...new Set(command.needs(values, call.operands))].toSorted();
}

/** The command's own flags, without those of exports, that only decide how results are shown or where they are saved. */
export function shownOnly(options: Options): readonly string[] {
  const shared = { ...common, ...exportOptions("claims", "compare", "scale", "streams", "run") };
  return Object.keys(options).filter((name) => !(name in shared) && options[name].shownOnly);
}

/** Whether flags of numbers take these bounds, and nothing outside of them. */
export function takesBounds(
  option: { read(texts: readonly string[]): unknown },
  least: number,
  most: number,
): boolean {
  const takes = (value: number) => option.read([String(value)]) === value;
  return takes(least) && takes(most) && !takes(least - 1) && !takes(most + 1);
}

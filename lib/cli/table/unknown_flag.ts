import { UsageError } from "../../errors.ts";
import { listed } from "../../report/words.ts";
import type { Command } from "./command.ts";
import { exporting } from "./common_options.ts";
import { flagName } from "./option.ts";
import { didYouMean } from "./suggest.ts";

/** That a command has no such flag, and what may have been meant. */
export function unknownFlag(spelling: string, { name, options }: Pick<Command, "name" | "options">): UsageError {
  const own = Object.keys(options).map(flagName);
  const commands = exporting(spelling.slice(2));
  if (commands !== undefined) {
    const exports = own.filter((flag) => flag.startsWith("export-")).map((flag) => `--${flag}`);
    const has = exports.length === 0 ? "no export" : listed(exports);
    return new UsageError(`${spelling} is for ${listed(commands)}; ${name} has ${has}. See: tandem help exports`);
  }
  const hint = didYouMean(spelling.replace(/^-+/, ""), own, "--");
  return new UsageError(`unknown flag ${spelling} for ${name}.${hint || ` See: tandem help ${name}`}`);
}

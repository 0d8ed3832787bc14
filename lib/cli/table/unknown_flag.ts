import { UsageError } from "../../errors.ts";
import { listed } from "../../report/words.ts";
import type { Command } from "./command.ts";
import { exporting } from "./common_options.ts";
import { flagName } from "./option.ts";
import { didYouMean } from "./suggest.ts";

/**
 * That a command has no such flag, and what may have been meant. `argument`: the whole argument, of which a single dash and
 * a letter are the flag.
 */
export function unknownFlag(argument: string, { name, options }: Pick<Command, "name" | "options">): UsageError {
  const [spelling] = /^(?:--[^=]*|-.)/su.exec(argument) ?? [argument];
  const own = Object.keys(options).map(flagName);
  const commands = exporting(spelling.slice(2));
  if (commands !== undefined) {
    const exports = own.filter((flag) => flag.startsWith("export-")).map((flag) => `--${flag}`);
    const has = exports.length === 0 ? "no export" : listed(exports);
    return new UsageError(`${spelling} is for ${listed(commands)}; ${name} has ${has}. See: tandem help exports`);
  }
  const [word] = argument.replace(/^-+/, "").split("=");
  const hint = argument === "-v" ? " Did you mean --version?" : didYouMean(word, own, "--");
  return new UsageError(`unknown flag ${spelling} for ${name}.${hint || ` See: tandem help ${name}`}`);
}

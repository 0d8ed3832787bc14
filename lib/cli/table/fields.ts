import type { Fields } from "../../model/field.ts";
import type { Command } from "./command.ts";
import { flagName, type Option } from "./option.ts";

/** The fields that the `options` of a document have: the values of the command's flags. */
export function optionFields({ options }: Pick<Command, "options">): Fields {
  return Object.fromEntries(
    Object.entries<Option<unknown>>(options).map(([key, { shape, help, unit, fallback }]) => {
      const optional = fallback === undefined;
      const said = [`--${flagName(key)}: ${help}`, ...unit === undefined ? [] : [`in ${unit}`]].join(", ");
      return [key, { shape, about: optional ? `${said}; absent if not given` : said, optional }];
    }),
  );
}

/** The same of several commands, by their names. */
export function fieldsByCommand(commands: readonly Command[]): Readonly<Record<string, Fields>> {
  return Object.fromEntries(commands.map((command) => [command.name, optionFields(command)]));
}

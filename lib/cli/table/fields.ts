import type { Fields } from "../../model/field.ts";
import type { Command } from "./command.ts";
import { flagName, type Option } from "./option.ts";

/** The fields that the `options` of a document have: the values of the command's flags. */
export function optionFields({ options }: Pick<Command, "options">): Fields {
  return Object.fromEntries(
    Object.entries<Option<unknown>>(options).map(([key, option]) => {
      const { shape, fallback } = option;
      return [key, { shape, about: about(key, option), optional: fallback === undefined }];
    }),
  );
}

/** The same of several commands, by their names. */
export function fieldsByCommand(commands: readonly Command[]): Readonly<Record<string, Fields>> {
  return Object.fromEntries(commands.map((command) => [command.name, optionFields(command)]));
}

function about(key: string, { kind, shape, help, more, unit, fallback }: Option<unknown>): string {
  const parts = [
    `--${flagName(key)}: ${help}${unit === undefined ? "" : `, in ${unit}`}`,
    ...shape.type === "either" ? ["true: all, false: none"] : [],
    ...kind === "attached" && shape.type === "string" ? ['"" if given without a value'] : [],
    ...fallback === undefined ? ["absent if not given"] : [],
  ];
  return [parts.join("; "), ...more === undefined ? [] : [more]].join(". ");
}

import type { Command } from "./command.ts";
import { flagName, type Option } from "./option.ts";

/** Choices that are longer together are not in the flag's spelling, but listed behind its description. */
const maxChoicesLength = 20;

/** The flags of a command, by their keys. */
export function flagsOf({ options }: Pick<Command, "options">): [string, Option<unknown>][] {
  return Object.entries<Option<unknown>>(options);
}

/** `-j, --threads N`. */
export function spellingOf(key: string, option: Option<unknown>): string {
  const { kind, short } = option;
  const name = placeholder(key, option);
  const value = kind === "attached" ? `[=${name}]` : name === undefined ? "" : ` ${name}`;
  return `${short ? `-${short}, ` : "    "}--${flagName(key)}${value}`;
}

function placeholder(key: string, option: Option<unknown>): string | undefined {
  return longChoices(option) === undefined ? option.placeholder : flagName(key).toUpperCase();
}

/** The words of an option, if they are too long for its spelling. */
function longChoices({ shape }: Option<unknown>): readonly string[] | undefined {
  return shape.type === "choice" && shape.words.join("|").length > maxChoicesLength ? shape.words : undefined;
}

/** All that is said of a flag, on one line. */
export function descriptionOf(option: Option<unknown>): string {
  const { help, more, shown } = option;
  const listed = longChoices(option);
  return [
    more === undefined ? help : `${help}. ${more}`,
    ...listed === undefined ? [] : [`[values: ${listed.join(", ")}]`],
    ...shown === undefined ? [] : [`[default: ${shown}]`],
  ].join(" ");
}

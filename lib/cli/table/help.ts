import type { Command } from "./command.ts";
import { descriptionOf, flagsOf, spellingOf } from "./flag_text.ts";
import { topics } from "./topics.ts";
import { wrapWords } from "../../report/wrap.ts";
import { linesOrStacked, twoColumns } from "./wrap.ts";

/** The help of the whole program, from the table. */
export function programHelp(commands: readonly Command[], width: number): string {
  const isCommand = (topic: string) => commands.some(({ name }) => name === topic); // its help ends with that topic
  const others = Object.entries(topics).filter(([name]) => !isCommand(name));
  return [
    ...wrapWords("tandem: async tasks, threads, or both? Measured on your machine.", width),
    "",
    "Usage: tandem COMMAND [FLAGS]",
    "",
    "Commands:",
    ...twoColumns(commands.map(({ name, summary }) => [name, summary]), width),
    "",
    "Topics (tandem help TOPIC):",
    ...twoColumns(others.map(([name, { summary }]) => [name, summary]), width),
    "",
    ...wrapWords(
      "tandem COMMAND -h shows a command's most used flags, --help all of them, and tandem help COMMAND also how it works. -V shows the version.",
      width,
    ),
    "",
  ].join("\n");
}

/** The short help of one command, for `-h`: the flags that are used most, or all if none is marked as such. */
export function shortHelp(command: Command, width: number): string {
  const all = flagsOf(command);
  const often = all.filter(([, { often }]) => often);
  const details = Object.hasOwn(topics, command.name)
    ? `--help and tandem help ${command.name} say more.`
    : `--help says more; tandem help ${command.name} is the same.`;
  const rest = often.length === 0 || often.length === all.length ? details : `--help shows all ${all.length} flags.`;
  return [
    ...head(command, width),
    "",
    ...usage(command, width),
    "",
    "Flags:",
    ...twoColumns(
      (often.length > 0 ? often : all).map(([key, option]) => [spellingOf(key, option), option.help]),
      width,
    ),
    "",
    rest,
    "",
  ].join("\n");
}

/** The long help of one command, for `--help`: examples first, then all flags in their groups. */
export function longHelp(command: Command, width: number): string {
  const groups = Map.groupBy(flagsOf(command), ([, { group = "Flags" }]) => group);
  return [
    ...head(command, width),
    "",
    "Examples:",
    ...linesOrStacked(command.examples.map(({ line, what }) => [line, what]), width),
    "",
    ...usage(command, width),
    "",
    ...[...groups].flatMap(([name, flags]) => [
      `${name}:`,
      ...twoColumns(flags.map(([key, option]) => [spellingOf(key, option), descriptionOf(option)]), width),
      "",
    ]),
  ].join("\n");
}

function head({ name, summary }: Command, width: number): string[] {
  return wrapWords(`tandem ${name}: ${summary}`, width);
}

function usage({ name, operands }: Command, width: number): string[] {
  return wrapWords(`Usage: tandem ${name} [FLAGS]${operands ? ` ${operands.usage}` : ""}`, width);
}

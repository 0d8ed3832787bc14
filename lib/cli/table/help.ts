import type { Command } from "./command.ts";
import { flagName, type Option } from "./option.ts";
import { topics } from "./topics.ts";

/** The help of the whole program, from the table. */
export function programHelp(commands: readonly Command[]): string {
  return [
    "tandem: async tasks, threads, or both? Measured on your machine.",
    "",
    "Usage: tandem COMMAND [FLAGS]",
    "",
    "Commands:",
    ...columns(commands.map(({ name, summary }) => [name, summary])),
    "",
    "Topics (tandem help TOPIC):",
    ...columns(Object.entries(topics).map(([name, { summary }]) => [name, summary])),
    "",
    "tandem help COMMAND shows a command's flags; -V shows the version.",
    "",
  ].join("\n");
}

/** The help of one command: examples first. */
export function commandHelp({ name, summary, operands, examples, options }: Command): string {
  const flags = Object.entries<Option<unknown>>(options).map(([key, option]) => [spelling(key, option), about(option)]);
  return [
    `tandem ${name}: ${summary}`,
    "",
    "Examples:",
    ...columns(examples.map(({ line, what }) => [line, what])),
    "",
    `Usage: tandem ${name} [FLAGS]${operands ? ` ${operands.usage}` : ""}`,
    "",
    "Flags:",
    ...columns(flags),
    "",
  ].join("\n");
}

function spelling(key: string, { kind, short, placeholder }: Option<unknown>): string {
  const value = kind === "optional" ? `[=${placeholder}]` : placeholder ? ` ${placeholder}` : "";
  return `${short ? `-${short}, ` : "    "}--${flagName(key)}${value}`;
}

function about({ help, shown }: Option<unknown>): string {
  return shown === undefined ? help : `${help} (default ${shown})`;
}

function columns(rows: readonly (readonly string[])[]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}

import { type Command, command } from "../table/command.ts";
import { common } from "../table/common_options.ts";

/** `tandem help`, over the other commands and itself. */
export function helpCommand(others: readonly Command[]): Command {
  const help: Command = command({
    name: "help",
    summary: "Show the help of a command or a topic",
    operands: { usage: "[COMMAND|TOPIC]", least: 0, most: 1 },
    examples: [
      { line: "tandem help streams", what: "the flags of a command" },
      { line: "tandem help exit-codes", what: "a topic" },
    ],
    options: common,
    needs: () => [],
    run: async (_values, operands, session) =>
      await (await import("./help.ts")).run(operands, [...others, help], session),
  });
  return help;
}

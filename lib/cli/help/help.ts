import { UsageError } from "../../errors.ts";
import type { Command } from "../table/command.ts";
import { longHelp, programHelp } from "../table/help.ts";
import { flagName } from "../table/option.ts";
import { didYouMean } from "../table/suggest.ts";
import { topics } from "../table/topics.ts";
import { helpWidth, rewrap } from "../table/wrap.ts";
import type { Session } from "../terminal/session.ts";

/** `tandem help [COMMAND|TOPIC]`: a command's flags, and the topic of that name behind them. */
export async function help(
  [name]: readonly string[],
  commands: readonly Command[],
  { stdout }: Session,
): Promise<number> {
  const width = helpWidth(stdout.style.width);
  const command = commands.find((one) => one.name === name);
  const topic = name !== undefined && Object.hasOwn(topics, name) ? topics[name] : undefined;
  if (name === undefined) await stdout.write(programHelp(commands, width));
  else if (command === undefined && topic === undefined) throw await unknown(name, commands);
  if (command !== undefined) await stdout.write(`${longHelp(command, width)}${topic === undefined ? "" : "\n"}`);
  if (topic === undefined) return 0;
  const text = await topic.load(commands);
  if (topic.exact) await stdout.writeExact(text);
  else await stdout.write(rewrap(text, width));
  return 0;
}

async function unknown(name: string, commands: readonly Command[]): Promise<UsageError> {
  const known = [...commands.map((command) => command.name), ...Object.keys(topics)];
  const flag = name.replace(/^-+/, "");
  const having = commands.filter(({ options }) => Object.keys(options).some((key) => flagName(key) === flag));
  if (having.length > 0) {
    const { listed } = await import("../../report/words.ts");
    const names = having.map((command) => command.name);
    return new UsageError(
      `no help on "${name}". --${flag} is a flag of ${listed(names)}. See: tandem help ${names[0]}`,
    );
  }
  return new UsageError(`no help on "${name}".${didYouMean(name, known)} See: tandem help`);
}

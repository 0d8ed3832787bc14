import { UsageError } from "../../errors.ts";
import type { Command } from "../table/command.ts";
import { commandHelp, programHelp } from "../table/help.ts";
import { didYouMean } from "../table/suggest.ts";
import { topics } from "../table/topics.ts";
import type { Session } from "../terminal/session.ts";

/** `tandem help [COMMAND|TOPIC]`. */
export async function run(
  [name]: readonly string[],
  commands: readonly Command[],
  { stdout }: Session,
): Promise<number> {
  await stdout.write(name === undefined ? programHelp(commands) : await helpOn(name, commands));
  return 0;
}

async function helpOn(name: string, commands: readonly Command[]): Promise<string> {
  const found = commands.find((command) => command.name === name);
  if (found) return commandHelp(found);
  if (Object.hasOwn(topics, name)) return await topics[name].load();
  const known = [...commands.map((command) => command.name), ...Object.keys(topics)];
  throw new UsageError(`no help on "${name}".${didYouMean(name, known)} See: tandem help`);
}

import { claims } from "../../claims/mod.ts";
import { UsageError } from "../../errors.ts";
import { builtinJobs } from "../../jobs/builtin.ts";
import { listed } from "../../report/words.ts";
import type { Command } from "../table/command.ts";
import { didYouMean } from "../table/suggest.ts";
import { topics } from "../table/topics.ts";
import type { Session } from "../terminal/session.ts";
import { bashScript } from "./bash.ts";
import { fishScript } from "./fish.ts";
import { type CompletedCommand, completedCommands } from "./places.ts";
import { powershellScript } from "./powershell.ts";
import { zshScript } from "./zsh.ts";

/** The scripts by shell: what may stand where, and the command that is meant where none is named. */
const scripts: Readonly<Record<string, (commands: readonly CompletedCommand[], defaultCommand: string) => string>> = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
  powershell: powershellScript,
};

/** `tandem completions SHELL`: prints a script that has all there is to complete, so that the Tab key starts no program. */
export async function completions(
  [shell]: readonly string[],
  commands: readonly Command[],
  defaultCommand: string,
  { stdout }: Pick<Session, "stdout">,
): Promise<number> {
  const script = Object.hasOwn(scripts, shell) ? scripts[shell] : undefined;
  if (script === undefined) {
    const known = Object.keys(scripts);
    const are = `there are completions for ${listed(known)}`;
    throw new UsageError(`unknown shell "${shell}": ${are}.${didYouMean(shell, known)} See: tandem help completions`);
  }
  await stdout.writeExact(script(completedCommands(commands, names()), defaultCommand));
  return 0;
}

function names() {
  return {
    claims: claims.map(({ id, sentence }) => ({ word: id, about: sentence })),
    jobs: Object.entries(builtinJobs).map(([name, { about }]) => ({ word: `@${name}`, about })),
    topics: Object.entries(topics).map(([name, { summary }]) => ({ word: name, about: summary })),
  };
}

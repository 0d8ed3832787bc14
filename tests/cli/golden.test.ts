/** The help of every command, and what is said of each failure, in all looks. After a change of the words: deno task golden. */
import { loadCommands } from "../../lib/cli/commands.ts";
import { messageWithRemedy } from "../../lib/cli/job/remedies.ts";
import { longHelp, programHelp, shortHelp } from "../../lib/cli/table/help.ts";
import { helpWidth } from "../../lib/cli/table/wrap.ts";
import { keptAs } from "../golden.ts";
import { inAllLooks } from "../report/looks.ts";
import { failures, refusedLines } from "./failures.ts";
import { failingCall } from "./in_process.ts";

const commands = await loadCommands();

keptAs("help.txt", () => inAllLooks(({ width }) => programHelp(commands, helpWidth(width))));

for (const command of commands) {
  keptAs(`help_${command.name}.txt`, () =>
    inAllLooks(({ width }) => {
      const [short, long] = [shortHelp, longHelp].map((help) => help(command, helpWidth(width)));
      return `-- -h\n${short}-- --help\n${long}`;
    }));
}

keptAs("errors.txt", async () => {
  const sentences = await Promise.all(failures.map(messageWithRemedy));
  const refused = await Promise.all(refusedLines.map(async (line) => (await failingCall(line)).stderr));
  const said = [...sentences.map((sentence) => `tandem: ${sentence}\n`), ...refused].join("");
  return inAllLooks(() => said);
});

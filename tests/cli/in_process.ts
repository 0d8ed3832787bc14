import { loadCommand } from "../../lib/cli/commands.ts";
import { callOf, parseCommand } from "../../lib/cli/table/parse.ts";
import { testSession, type TestSurroundings } from "./test_session.ts";

/** What a command did: what it wrote for people and what exactly, as it was written. */
export interface Called {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs a command as its command line says, but within the test: no process, and no time if the surroundings have a clock of
 * their own. It rejects where the program would say why not.
 */
export async function call(args: readonly string[], surroundings: TestSurroundings = {}): Promise<Called> {
  const [name, ...rest] = args;
  const command = await loadCommand(name);
  if (command === undefined) throw new Error(`no command ${name}`);
  const { values, call } = callOf(command, await parseCommand(command, rest));
  const { session, stdout, stderr } = testSession({ ...surroundings, call });
  const code = await command.run(values, call.operands, session);
  return { code, stdout: stdout.text + stdout.exact, stderr: stderr.text + stderr.exact };
}

import { loadCommand } from "../../lib/cli/commands.ts";
import { messageWithRemedy } from "../../lib/cli/job/remedies.ts";
import { callOf, parseCommand } from "../../lib/cli/table/parse.ts";
import { TandemError } from "../../lib/errors.ts";
import "../../lib/report/progress_text.ts"; // progress loads it in real time, for which a virtual clock does not wait
import { testSession, type TestSurroundings } from "./test_session.ts";

/** What a command did: what it wrote, as it was written, and the code that the program exits with. */
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
  const { run, written } = await parsed(args, surroundings);
  const code = await run();
  return { code, ...written() };
}

/** The same of a command that gives up: what the program writes then too, which is one more line, and its code. */
export async function failingCall(args: readonly string[], surroundings: TestSurroundings = {}): Promise<Called> {
  let written = () => ({ stdout: "", stderr: "" });
  let code: number;
  try {
    const command = await parsed(args, surroundings);
    written = command.written;
    code = await command.run();
  } catch (error) {
    if (!(error instanceof TandemError)) throw error;
    const { stdout, stderr } = written();
    return { code: error.exitCode, stdout, stderr: `${stderr}tandem: ${await messageWithRemedy(error)}\n` };
  }
  throw new Error(`it was to give up, but it came to its end with ${code}: ${written().stderr}`);
}

async function parsed([name, ...rest]: readonly string[], surroundings: TestSurroundings) {
  const command = await loadCommand(name);
  if (command === undefined) throw new Error(`no command ${name}`);
  const { values, call } = callOf(command, await parseCommand(command, rest));
  const { session, stdout, stderr } = testSession({ ...surroundings, call });
  return {
    run: () => command.run(values, call.operands, session),
    written: () => ({ stdout: stdout.written, stderr: stderr.written }),
  };
}

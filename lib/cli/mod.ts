import { ClosedPipe, TandemError, UsageError } from "../errors.ts";
import { printable } from "../report/printable.ts";
import type { Command } from "./table/command.ts";
import { commandNames, defaultCommand, loadCommand, loadCommands } from "./commands.ts";
import { droppingOutput, type Output, output } from "./terminal/output.ts";
import { keepOnly } from "./job/permissions.ts";
import { listenForStop } from "./terminal/signals.ts";
import { type ColorChoice, decideStyle, surroundings } from "./terminal/terminal.ts";

/** Runs the program: arguments in, exit code out. Whatever goes wrong ends as one message and a code. */
export async function main(args: readonly string[]): Promise<number> {
  const stop = listenForStop(Deno.exit);
  const stderr = openOutput(Deno.stderr, "stderr", "auto");
  try {
    const code = await dispatch(args, stop.signal);
    return stop.code() || code;
  } catch (error) {
    if (stop.signal.aborted) return stop.code();
    if (error instanceof ClosedPipe) return 0;
    await stderr.write(`tandem: ${describe(error)}\n`).catch(() => {}); // nobody is left to tell
    return error instanceof TandemError ? error.exitCode : 1;
  }
}

function describe(error: unknown): string {
  if (error instanceof TandemError) return printable(error.message.replace(/\s*\n\s*/g, " "));
  return `internal error, please report it: ${error instanceof Error ? error.stack : String(error)}`;
}

async function dispatch(args: readonly string[], stop: AbortSignal): Promise<number> {
  const flags = args.includes("--") ? args.slice(0, args.indexOf("--")) : args;
  if (flags.some((arg) => arg === "-V" || arg === "--version")) return await showVersion(flags.includes("--json"));
  const wantsHelp = flags.some((arg) => arg === "-h" || arg === "--help");
  const found = await findCommand(args, wantsHelp);
  if (wantsHelp) return await showHelp(found?.command);
  const { parseCommand } = await import("./table/parse.ts");
  const [row, rest] = found ? [found.command, found.rest] : [await loadCommand(defaultCommand), args];
  const { command, values, operands } = parseCommand(row!, rest);
  const color = values.color as ColorChoice;
  const session = {
    stdout: openOutput(Deno.stdout, "stdout", color),
    stderr: droppingOutput(openOutput(Deno.stderr, "stderr", color)), // only who reads the results can end them
    stop,
  };
  keepOnly(command.needs(values, operands));
  return await command.run(values, operands, session);
}

/** The command that the arguments name, and the arguments without its name; undefined if they name none. */
async function findCommand(
  args: readonly string[],
  wantsHelp: boolean,
): Promise<{ readonly command: Command; readonly rest: readonly string[] } | undefined> {
  const place = args[0]?.startsWith("-") ? await placeBehindFlags(args) : args.length === 0 ? -1 : 0;
  if (place === -1) return undefined;
  const command = await loadCommand(args[place]);
  if (command) return { command, rest: [...args.slice(0, place), ...args.slice(place + 1)] };
  if (wantsHelp) return undefined;
  const { didYouMean } = await import("./table/suggest.ts");
  const hint = didYouMean(args[place], commandNames);
  throw new UsageError(`unknown command "${args[place]}".${hint} See: tandem help`);
}

/** Where the command's name stands behind flags, which may be of any command and take a value; -1 if it does not. */
async function placeBehindFlags(args: readonly string[]): Promise<number> {
  const { takesValue } = await import("./table/parse.ts");
  const tables = (await loadCommands()).map(({ options }) => options);
  return args.findIndex((arg, i) => !arg.startsWith("-") && !(i > 0 && takesValue(tables, args[i - 1])));
}

async function showHelp(command: Command | undefined): Promise<number> {
  const { commandHelp, programHelp } = await import("./table/help.ts");
  const text = command && command.name !== "help" ? commandHelp(command) : programHelp(await loadCommands());
  await openOutput(Deno.stdout, "stdout", "auto").write(text);
  return 0;
}

async function showVersion(json: boolean): Promise<number> {
  const { tool } = await import("./table/version.ts");
  const text = json ? JSON.stringify(tool) : `tandem ${tool.version}`;
  await openOutput(Deno.stdout, "stdout", "auto").write(`${text}\n`);
  return 0;
}

function openOutput(stream: typeof Deno.stdout | typeof Deno.stderr, name: string, color: ColorChoice): Output {
  return output(stream, name, decideStyle(color, surroundings(stream)));
}

import { ClosedPipe, exitCodes, messageOf, TandemError, UsageError } from "../errors.ts";
import { printable } from "../report/printable.ts";
import type { Command } from "./table/command.ts";
import * as ownTable from "./commands.ts";
import { droppingOutput, type Output, output } from "./terminal/output.ts";
import { parseCommand, takesValue } from "./table/parse.ts";
import { keepOnly } from "./job/permissions.ts";
import { listenForStop } from "./terminal/signals.ts";
import { didYouMean } from "./table/suggest.ts";
import { type ColorChoice, decideStyle, surroundings } from "./terminal/terminal.ts";
import { tool } from "./table/version.ts";

/** The commands, and the one that is meant where none is named. */
export interface CommandTable {
  readonly commands: readonly Command[];
  readonly defaultCommand: Command;
}

/** Runs the program: arguments in, exit code out. Whatever goes wrong ends as one message and a code. */
export async function main(args: readonly string[], table: CommandTable = ownTable): Promise<number> {
  const stop = listenForStop(Deno.exit);
  const stderr = openOutput(Deno.stderr, "stderr", "auto");
  try {
    const code = await dispatch(args, table, stop.signal);
    return stop.code() || code;
  } catch (error) {
    if (stop.signal.aborted) return stop.code();
    if (error instanceof ClosedPipe) return exitCodes.ok;
    await stderr.write(`tandem: ${describe(error)}\n`).catch(() => {}); // nobody is left to tell
    return error instanceof TandemError ? error.exitCode : exitCodes.internal;
  }
}

function describe(error: unknown): string {
  if (error instanceof TandemError) return printable(error.message.replace(/\s*\n\s*/g, " "));
  return `internal error, please report it: ${error instanceof Error ? error.stack : messageOf(error)}`;
}

async function dispatch(args: readonly string[], table: CommandTable, stop: AbortSignal): Promise<number> {
  const flags = args.includes("--") ? args.slice(0, args.indexOf("--")) : args;
  const found = findCommand(args, table);
  if (flags.includes("--help")) return await showHelp(found?.command, table, "long");
  if (flags.includes("-h")) return await showHelp(found?.command, table, "short");
  if (flags.some((arg) => arg === "-V" || arg === "--version")) return await showVersion(flags.includes("--json"));
  const { command, values, operands } = parseCommand(found?.command ?? table.defaultCommand, found?.rest ?? args);
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
function findCommand(
  args: readonly string[],
  { commands }: CommandTable,
): { command: Command; rest: readonly string[] } | undefined {
  const tables = commands.map(({ options }) => options);
  const place = args.findIndex((arg, i) => !arg.startsWith("-") && !(i > 0 && takesValue(tables, args[i - 1])));
  if (place === -1) return undefined;
  const command = commands.find(({ name }) => name === args[place]);
  if (command) return { command, rest: [...args.slice(0, place), ...args.slice(place + 1)] };
  if (args.some((arg) => arg === "-h" || arg === "--help")) return undefined;
  const hint = didYouMean(args[place], commands.map(({ name }) => name));
  throw new UsageError(`unknown command "${args[place]}".${hint} See: tandem help`);
}

async function showHelp(
  command: Command | undefined,
  { commands }: CommandTable,
  length: "short" | "long",
): Promise<number> {
  const { helpWidth, longHelp, programHelp, shortHelp } = await import("./table/help.ts");
  const stdout = openOutput(Deno.stdout, "stdout", "auto");
  const width = helpWidth(stdout.style.width);
  const ofCommand = length === "short" ? shortHelp : longHelp;
  await stdout.write(command && command.name !== "help" ? ofCommand(command, width) : programHelp(commands, width));
  return 0;
}

async function showVersion(json: boolean): Promise<number> {
  const text = json ? JSON.stringify(tool) : `tandem ${tool.version}`;
  await openOutput(Deno.stdout, "stdout", "auto").writeExact(`${text}\n`);
  return 0;
}

function openOutput(stream: typeof Deno.stdout | typeof Deno.stderr, name: string, color: ColorChoice): Output {
  return output(stream, name, decideStyle(color, surroundings(stream)));
}

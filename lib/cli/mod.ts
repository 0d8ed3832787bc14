import { ClosedPipe, exitCodes, messageOf, TandemError, UsageError } from "../errors.ts";
import { printable } from "../report/printable.ts";
import type { Command } from "./table/command.ts";
import * as ownTable from "./commands.ts";
import { callOf, parseCommand, takesValue } from "./table/parse.ts";
import { keepOnly } from "./job/permissions.ts";
import type { Output } from "./terminal/output.ts";
import { listenForStop, type Stop } from "./terminal/signals.ts";
import { type ColorChoice, machineReader, openOutput, processSession } from "./terminal/terminal.ts";
import type { Layer, Table } from "./config/layer.ts";
import type { Surroundings } from "./config/layers.ts";
import type { GroupLimits } from "../control_group.ts";
import type { PressureReader } from "../machine_pressure.ts";

/** The commands, and which one is meant where none is named. */
export interface CommandTable extends Table {
  readonly defaultCommand: string;
  loadCommand(name: string): Promise<Command | undefined>;
}

/** The process that the program runs in: this one, or one of a test. */
export interface Process {
  readonly listenForStop: () => Stop;
  openOutput(name: "stdout" | "stderr"): Output;
  readonly session: typeof processSession;
  /** Gives up all other permissions. */
  readonly keepOnly: typeof keepOnly;
  /** Where values of flags come from besides the command line. */
  surroundings(): Promise<Surroundings>;
  /** The limits of a container. They can be read with all permissions only. */
  limits(): Promise<GroupLimits>;
  /** Opens what tells how hard the machine is pressed, with all permissions only. */
  openPressure(): Promise<PressureReader>;
}

const thisProcess: Process = {
  listenForStop,
  openOutput: (name) => openOutput(Deno[name], name, "auto"),
  session: processSession,
  keepOnly,
  surroundings: async () => (await import("./config/layers.ts")).processSurroundings(),
  limits: async () => (await import("../control_group.ts")).groupLimits(navigator.hardwareConcurrency),
  openPressure: async () => (await import("../machine_pressure.ts")).openPressure(),
};

/** Runs the program: arguments in, exit code out. Whatever goes wrong ends as one message and a code. */
export async function main(
  args: readonly string[],
  table: CommandTable = ownTable,
  process: Process = thisProcess,
): Promise<number> {
  const flags = args.includes("--") ? args.slice(0, args.indexOf("--")) : args;
  let stop: Stop | undefined;
  try {
    // Before the signals, whose listeners take 1 ms: there is nothing to stop.
    if (flags.some((arg) => arg === "-V" || arg === "--version")) {
      return await showVersion(flags.includes("--json"), process);
    }
    stop = process.listenForStop();
    const code = await dispatch(args, flags, table, process, stop);
    return stop.signal.aborted ? await stop.end() : code;
  } catch (error) {
    if (stop?.signal.aborted) return await stop.end();
    if (error instanceof ClosedPipe) return exitCodes.ok;
    await process.openOutput("stderr").write(`tandem: ${await describe(error)}\n`).catch(() => {}); // nobody is left to tell
    return error instanceof TandemError ? error.exitCode : exitCodes.internal;
  }
}

async function describe(error: unknown): Promise<string> {
  if (error instanceof TandemError) {
    const remedies = await import("./job/remedies.ts").catch(() => undefined); // our files may be gone by now
    const message = await remedies?.messageWithRemedy(error).catch(() => undefined) ?? error.message;
    return printable(message.replace(/\s*\n\s*/g, " "));
  }
  return printable(`internal error, please report it: ${error instanceof Error ? error.stack : messageOf(error)}`);
}

/** `flags`: the arguments before `--`. */
async function dispatch(
  args: readonly string[],
  flags: readonly string[],
  table: CommandTable,
  process: Process,
  { signal, onForcedEnd }: Stop,
): Promise<number> {
  const helpLength = flags.includes("--help") ? "long" : flags.includes("-h") ? "short" : undefined;
  const [found, { systemClock }, { readLayers }] = await Promise.all([
    findCommand(args, table, helpLength !== undefined),
    import("../clock.ts"), // not for --version, which has to be quick
    import("./config/layers.ts"),
  ]);
  if (helpLength !== undefined) return await showHelp(found?.command, table, helpLength, process);
  const [row, rest] = found ? [found.command, found.rest] : [await table.loadCommand(table.defaultCommand), args];
  const command = row!;
  const { given: flagged, operands } = await parseCommand(command, rest);
  const layers: readonly Layer[] = [
    ...command.name === "help" ? [] : await readLayers(command, table, await process.surroundings()), // help must work where they are broken
    { from: "command line", values: flagged },
  ];
  const given = Object.assign({}, ...layers.map((layer) => layer.values));
  const { values, call } = callOf(command, { given, operands });
  const session = process.session(call, values.color as ColorChoice, signal, systemClock);
  if (values.showConfig) {
    const { configText } = await import("./config/show_config.ts");
    await session.stdout.write(configText(command, layers));
    return exitCodes.ok;
  }
  try {
    const needed = command.needs(values, operands);
    const limits = needed.includes("sys") || command.fitsCores?.(values) ? await process.limits() : undefined;
    using pressure = command.watchesPressure?.(values) ? await process.openPressure() : undefined;
    process.keepOnly(needed);
    const { cores = session.cores } = limits ?? {};
    const machine = machineReader(limits);
    return await command.run(values, operands, { ...session, cores, pressure, machine, onForcedEnd });
  } catch (error) {
    throw error instanceof UsageError ? withSources(error, layers.slice(0, -1)) : error;
  }
}

/** The error, with where values come from that the command line does not show: one of them may be what is wrong. */
function withSources(error: UsageError, layers: readonly Layer[]): UsageError {
  const sources = layers.filter(({ values }) => Object.keys(values).length > 0).map(({ from }) => from);
  if (sources.length === 0) return error;
  return new UsageError(`${error.message} (values also come from ${sources.join(", ")}; see --show-config)`);
}

/** The command that the arguments name, and the arguments without its name; undefined if they name none. */
async function findCommand(
  args: readonly string[],
  table: CommandTable,
  wantsHelp: boolean,
): Promise<{ readonly command: Command; readonly rest: readonly string[] } | undefined> {
  const place = args[0]?.startsWith("-") ? await placeBehindFlags(args, table) : args.length === 0 ? -1 : 0;
  if (place === -1) return undefined;
  const command = await table.loadCommand(args[place]);
  if (command) return { command, rest: [...args.slice(0, place), ...args.slice(place + 1)] };
  if (wantsHelp) return undefined;
  const { didYouMean } = await import("./table/suggest.ts");
  const isJob = /^@|\.[mc]?[jt]sx?$/.test(args[place]);
  const { shellLine } = await import("./terminal/command_line.ts");
  const hint = isJob
    ? ` Did you mean ${shellLine(["tandem", "run", args[place]])}?`
    : args[place] === "version"
    ? " Did you mean tandem --version?"
    : Object.hasOwn((await import("./table/topics.ts")).topics, args[place])
    ? ` Did you mean tandem help ${args[place]}?`
    : didYouMean(args[place], table.commandNames);
  throw new UsageError(`unknown command "${args[place]}".${hint} See: tandem help`);
}

/** Where the command's name stands behind flags, of which there is at least one: they may be of any command and take a value; -1 if it does not. */
async function placeBehindFlags(args: readonly string[], { loadCommands }: CommandTable): Promise<number> {
  const tables = (await loadCommands()).map(({ options }) => options);
  return args.findIndex((arg, i) => !arg.startsWith("-") && !takesValue(tables, args[i - 1]));
}

async function showHelp(
  command: Command | undefined,
  { loadCommands }: CommandTable,
  length: "short" | "long",
  process: Process,
): Promise<number> {
  const { longHelp, programHelp, shortHelp } = await import("./table/help.ts");
  const { helpWidth } = await import("./table/wrap.ts");
  const stdout = process.openOutput("stdout");
  const width = helpWidth(stdout.style.width);
  const ofCommand = length === "short" ? shortHelp : longHelp;
  await stdout.write(
    command && command.name !== "help" ? ofCommand(command, width) : programHelp(await loadCommands(), width),
  );
  return 0;
}

async function showVersion(json: boolean, process: Process): Promise<number> {
  const { tool } = await import("../tool.ts");
  const text = json ? JSON.stringify(tool) : `tandem ${tool.version}`;
  await process.openOutput("stdout").writeExact(`${text}\n`);
  return 0;
}

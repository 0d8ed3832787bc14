import type { Act, Command, Row } from "./table/command.ts";
import type { Options, Values } from "./table/option.ts";

/** What the program does when no command is named. */
export const defaultCommand = "claims";

/**
 * The commands, in the order of the help. A row is loaded when it is needed, and what it does when it runs: each module costs
 * about 0.1 ms at start-up.
 */
const rows: Readonly<Record<string, () => Promise<Command>>> = {
  claims: () => loaded(import("./claims/command.ts"), () => import("./claims/claims.ts")),
  compare: () => loaded(import("./compare/command.ts"), () => import("./compare/compare.ts")),
  run: () => loaded(import("./run/command.ts"), () => import("./run/run.ts")),
  gather: () => loaded(import("./gather/command.ts"), () => import("./gather/gather.ts")),
  engine: () => loaded(import("./engine/command.ts"), () => import("./engine/engine.ts")),
  jobs: () => loaded(import("./jobs/command.ts"), () => import("./jobs/jobs.ts")),
  streams: () => loaded(import("./streams/command.ts"), () => import("./streams/streams.ts")),
  channel: () => loaded(import("./channel/command.ts"), () => import("./channel/channel.ts")),
  scale: () => loaded(import("./scale/command.ts"), () => import("./scale/scale.ts")),
  report: () => loaded(import("./report/command.ts"), () => import("./report/report.ts")),
  diff: () => loaded(import("./diff/command.ts"), () => import("./diff/diff.ts")),
  explain: () => loaded(import("./explain/command.ts"), () => import("./explain/explain.ts")),
  completions: () => loaded(import("./completions/command.ts"), completionsOfAll),
  help: () => loaded(import("./help/command.ts"), helpOnAll),
};

/** A row and what it does, which is loaded when it runs. */
async function loaded<O extends Options>(
  loading: Promise<{ readonly row: Row<O> }>,
  load: () => Promise<{ readonly run: Act<O> }>,
): Promise<Command> {
  const { row } = await loading;
  return {
    ...row,
    needs: (values, operands) => row.needs(values as Values<O>, operands),
    run: async (values, operands, session) => await (await load()).run(values as Values<O>, operands, session),
  };
}

async function helpOnAll() {
  const { help } = await import("./help/help.ts");
  const run: Act<Options> = async (_values, operands, session) => await help(operands, await loadCommands(), session);
  return { run };
}

async function completionsOfAll() {
  const { completions } = await import("./completions/completions.ts");
  const run: Act<Options> = async (_values, operands, session) =>
    await completions(operands, await loadCommands(), defaultCommand, session);
  return { run };
}

/** The names of all commands. */
export const commandNames: readonly string[] = Object.keys(rows);

/** The command of that name; undefined if there is none. */
export async function loadCommand(name: string): Promise<Command | undefined> {
  return Object.hasOwn(rows, name) ? await rows[name]() : undefined;
}

/** All commands. */
export async function loadCommands(): Promise<readonly Command[]> {
  return await Promise.all(Object.values(rows).map((load) => load()));
}

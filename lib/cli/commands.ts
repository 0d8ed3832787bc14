import type { Command } from "./table/command.ts";

/** What the program does when no command is named. */
export const defaultCommand = "claims";

/** The commands, in the order of the help. A row is loaded when it is needed: each module costs 0.2 ms at start-up. */
const rows: Readonly<Record<string, () => Promise<Command>>> = {
  claims: async () => (await import("./claims/command.ts")).claimsCommand,
  compare: async () => (await import("./compare/command.ts")).compareCommand,
  run: async () => (await import("./run/command.ts")).runCommand,
  jobs: async () => (await import("./jobs/command.ts")).jobsCommand,
  streams: async () => (await import("./streams/command.ts")).streamsCommand,
  channel: async () => (await import("./channel/command.ts")).channelCommand,
  explain: async () => (await import("./explain/command.ts")).explainCommand,
  help: async () => (await import("./help/command.ts")).helpCommand(loadCommands),
};

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

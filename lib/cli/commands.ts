import { channelCommand } from "./channel/command.ts";
import { claimsCommand } from "./claims/command.ts";
import { compareCommand } from "./compare/command.ts";
import { explainCommand } from "./explain/command.ts";
import { helpCommand } from "./help/command.ts";
import { jobsCommand } from "./jobs/command.ts";
import { runCommand } from "./run/command.ts";
import { streamsCommand } from "./streams/command.ts";
import type { Command } from "./table/command.ts";

/** What the program does when no command is named. */
export const defaultCommand: Command = claimsCommand;

const others: readonly Command[] = [
  claimsCommand,
  compareCommand,
  runCommand,
  jobsCommand,
  streamsCommand,
  channelCommand,
  explainCommand,
];

/** All commands, in the order of the help. */
export const commands: readonly Command[] = [...others, helpCommand(others)];

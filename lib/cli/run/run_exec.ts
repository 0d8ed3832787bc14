import { UsageError } from "../../errors.ts";
import { startAhead } from "../../exec/host/start_ahead.ts";
import { withTeardown } from "../../exec/host/with_teardown.ts";
import { noPermissions, workerHost } from "../../exec/host/worker_host.ts";
import { Progress } from "../terminal/progress.ts";
import type { Session } from "../terminal/session.ts";
import { flagName, type Given } from "../table/option.ts";
import { checkFormats } from "./check_formats.ts";
import { isPaced, type runOptions, type RunValues } from "./command.ts";
import { checkProgram, ownPrograms } from "./exec_program.ts";
import { shellArguments } from "./exec_script.ts";
import { commandWords } from "./exec_words.ts";
import { commandBounds } from "./width.ts";

/**
 * `tandem run --exec COMMAND [FILE...]`: the command for each line, from one thread. No code of the user's runs in that thread, so
 * none can take our stdin or stdout: it needs no process of its own, as threads do whose job may run programs. Each command has one,
 * with nothing to read and with pipes of its own.
 */
export async function runExec(
  given: RunValues,
  command: string,
  files: readonly string[],
  session: Session,
): Promise<number> {
  if (command.trim() === "") throw new UsageError("--exec needs a command, like 'gzip -k {}'");
  refuseJobFlags(given);
  const { program, args } = given.shell ? shellCommand(command) : commandWords(command);
  refuseOtherGrants(given, program);
  checkProgram(program, ownPrograms());
  const bounds = commandBounds(given, session.cores);
  // Lines, unless somebody says otherwise: arguments are text, and so is what programs print.
  const { input = "lines", output = "lines" }: Given<typeof runOptions> = session.call.given;
  const values = { ...given, input, output };
  checkFormats(values, program, files);
  const pace = isPaced(values) ? (await import("./pace.ts")).runPace(values) : undefined;
  await using progress = new Progress(session, { quiet: values.quiet });
  progress.start(() => ({ what: `starting ${program}` }));
  // To signal a process group, Deno asks for leave to run anything; it is our own code that has it.
  const host = session.host ?? withTeardown(workerHost({ ...noPermissions, run: true }), session.clock);
  await using hosts = await startAhead(host, 1);
  const result = output !== "lines" ? "record" : values.tag ? "text" : "bytes";
  const template = { program, args, result, maxResult: values.maxResult } as const;
  const { runLines } = await import("./run_lines.ts");
  const jobFile = { reference: { kind: "exec", template }, reads: [], folder: "." } as const;
  return await runLines(
    { values, job: program, jobFile, files, bounds, isolate: "worker", host: hosts.host, pace, progress },
    session,
  );
}

function shellCommand(command: string) {
  if (Deno.build.os === "windows") {
    throw new UsageError(
      "--shell needs sh, which Windows does not have; leave it out, or name a shell: --exec 'bash -c ...'",
    );
  }
  return { program: "sh", args: shellArguments(command) };
}

/** @throws {UsageError} a flag is for jobs, whose code runs in threads of ours */
function refuseJobFlags({ isolate, memory, deno, runtime, plan }: RunValues): void {
  if (isolate === "process") {
    throw new UsageError("--isolate=process is for jobs; each command of --exec is a process already");
  }
  if (memory !== undefined) {
    throw new UsageError("--memory is for jobs; for a command: --shell --exec 'ulimit -v KIBIBYTES; COMMAND {}'");
  }
  if (runtime !== "deno") throw new UsageError("--runtime is for jobs; leave it out with --exec");
  if (deno !== undefined) throw new UsageError("--deno is for jobs; leave it out with --exec");
  if (plan !== undefined) {
    throw new UsageError("--plan is for jobs; with --exec, -j says how many commands run at once");
  }
}

const otherGrants = ["allowRead", "allowWrite", "allowNet", "allowEnv", "allowSys", "allowAll"] as const;

/** @throws {UsageError} a grant says something else than --exec, which grants to run its own program and nothing more */
function refuseOtherGrants(values: RunValues, program: string): void {
  const other = otherGrants.find((flag) => values[flag] !== false);
  if (other !== undefined) {
    throw new UsageError(
      `--${flagName(other)} is for jobs; what a command of --exec does is not limited: leave it out`,
    );
  }
  const { allowRun } = values;
  if (typeof allowRun === "boolean" || allowRun.includes(program)) return;
  throw new UsageError(
    `--allow-run=${
      allowRun.join(",")
    } does not name ${program}, which --exec runs; leave it out: --exec grants that program`,
  );
}

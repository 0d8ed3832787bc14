import { UsageError } from "../../errors.ts";
import type { Plan } from "../../model/plan.ts";
import { checkGrants, withNeeds } from "../job/grants.ts";
import { findJob } from "../job/job_file.ts";
import { openHost } from "../job/slot_host.ts";
import { isForeign, isolation } from "../job/slot_options.ts";
import { Progress } from "../terminal/progress.ts";
import type { Session } from "../terminal/session.ts";
import { type GivenRunValues, isPaced, type RunValues } from "./command.ts";
import { isFixed, widthBounds, type WidthFlags } from "./width.ts";

/** How many slots start ahead: each holds main for about 10 ms, in which nothing else goes on. */
const maxAhead = 8;

/** `tandem run JOB [FILE...]`, or with a command instead of the job. */
export async function run(given: GivenRunValues, operands: readonly string[], session: Session): Promise<number> {
  const { shard } = given;
  if (shard !== undefined || given.shards !== undefined || namesShard(given)) {
    const placed = await (await import("./place_shard.ts")).placeShard(given, session);
    return await runItems(placed.values, operands, placed.session);
  }
  return await runItems({ ...given, shard }, operands, session);
}

/** Whether a text may be the name of a file with `{shard}` in it. */
function namesShard(given: GivenRunValues): boolean {
  return Object.values(given).flat().some((value) => typeof value === "string" && value.includes("{shard}"));
}

async function runItems(given: RunValues, operands: readonly string[], session: Session): Promise<number> {
  if (given.ordered && given.unordered) throw new UsageError("--ordered and --unordered contradict each other");
  if (given.results === undefined) return await runAll(given, operands, session);
  const { openResults } = await import("./results_file.ts");
  using results = openResults(given, session);
  return await runAll(given, operands, results.session);
}

async function runAll(given: RunValues, operands: readonly string[], session: Session): Promise<number> {
  if (given.exec !== undefined) {
    return await (await import("./run_exec.ts")).runExec(given, given.exec, operands, session);
  }
  if (given.shell) throw new UsageError("--shell needs a command for the shell: --exec COMMAND");
  return await runJob(given, operands, session);
}

/**
 * Checks what the command line says, starts the first slots, and only then loads what runs
 * the lines: both take about as long, and go on at the same time.
 */
async function runJob(given: RunValues, [job, ...files]: readonly string[], session: Session): Promise<number> {
  const isLines = ["json", "lines"].includes(given.input) && given.output !== "csv" && given.header === undefined;
  if (!isLines) (await import("./check_formats.ts")).checkFormats(given, job, files);
  await using progress = new Progress(session, { quiet: given.quiet });
  progress.start(() => ({ what: `loading ${job}` }));
  const saved = given.plan === undefined ? undefined : await (await planFile()).readPlan(given.plan);
  const pace = isPaced(given) ? (await import("./pace.ts")).runPace(given) : undefined;
  const bounds = widthBounds(planned(given, saved), session.cores);
  if (given.targetP99 !== undefined && isFixed(bounds)) {
    throw new UsageError(
      "--target-p99 chooses the width; leave out what sets it: --threads, --tasks, --mode or --plan",
    );
  }
  const isolate = isolation(given);
  const jobFile = await findJob(job, session, isForeign(given));
  const values = withNeeds(given, jobFile.needs);
  checkGrants(values, session.query);
  await using hosts = await openHost(values, isolate, jobFile, session, Math.min(maxAhead, bounds.threads[0]));
  const { runLines } = await import("./run_lines.ts");
  if (saved !== undefined && !values.quiet) {
    const { warnOfChanges } = await planFile();
    await warnOfChanges(saved, jobFile.reference, session, () => progress.erase());
  }
  return await runLines({ values, job, jobFile, files, bounds, isolate, host: hosts.host, pace, progress }, session);
}

const planFile = () => import("../job/plan_file.ts");

/** The width that a plan says, if the command line does not say it. */
function planned(values: RunValues, plan: Plan | undefined): WidthFlags {
  const { mode, threads, tasks } = values;
  if (plan === undefined || mode !== "auto" || threads !== undefined || tasks !== undefined) return values;
  return { mode, threads: plan.threads, tasks: plan.tasks };
}

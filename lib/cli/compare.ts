import { type Amount, chooseAmount, chooseTasks, runsPerRound, warmupItems } from "../bench/amount.ts";
import { calibrate, type Calibration } from "../bench/calibrate.ts";
import { compareModes } from "../bench/comparison.ts";
import { cells } from "../bench/experiment.ts";
import type { JobWork } from "../bench/job_work.ts";
import { readMachine } from "../bench/machine.ts";
import { type JobRun, measureModes, type ModeRoundsOptions } from "../bench/mode_rounds.ts";
import { OutputCheck } from "../bench/outputs.ts";
import { systemClock } from "../clock.ts";
import type { Cell, JobComparison } from "../model.ts";
import { compareHead, type ComparePlan, compareProgress, compareText, planText } from "../report/compare_text.ts";
import { jsonDocument } from "../report/document.ts";
import { printable } from "../report/printable.ts";
import { exportPath, writeFileOrStdout } from "./export_file.ts";
import { planHash, planJson } from "./plan_file.ts";
import { givenItems, type ItemFlags, ownItems } from "./compare_items.ts";
import { checkGrants, type Grants, withNeeds } from "./grants.ts";
import { isolation, type IsolationFlags } from "./isolation.ts";
import { findJob } from "./job_file.ts";
import { nextRun } from "./next_run.ts";
import type { Output } from "./output.ts";
import type { Session } from "./session.ts";
import { openHost } from "./slot_host.ts";
import { tool } from "./version.ts";

/** The values of the command's flags; 0 threads or tasks: not given. */
export interface CompareValues extends Grants, IsolationFlags, ItemFlags {
  readonly rounds: number;
  readonly seed: number;
  readonly threads: number;
  readonly tasks: number;
  readonly maxTime: number;
  readonly outputs: "equal" | "ignore";
  readonly json: boolean;
  readonly quiet: boolean;
  readonly savePlan: string | undefined;
}

/** Calibration may take this part of `--max-time`, and a second at most. */
const calibrationShare = 0.05;

/** Rounds are planned for this part of the time that is left: the first items may be cheaper than the rest. */
const plannedShare = 0.8;

const eraseLine = "\r\x1b[K";

/** `tandem compare JOB`: the job over the items in every mode, in shuffled rounds; what is faster, and what to use. */
export async function run(flags: CompareValues, [job]: readonly string[], session: Session): Promise<number> {
  const { stdout, stderr, stop } = session;
  const startedAt = new Date();
  const clock = systemClock;
  const start = clock.now();
  const isolate = isolation(flags);
  const standalone = Deno.build.standalone && flags.deno === undefined;
  const jobFile = findJob(job, { standalone, deno: Deno.version.deno });
  const values = withNeeds(flags, jobFile.needs);
  checkGrants(values, (permission) => Deno.permissions.querySync(permission));
  const machine = readMachine();
  const given = await givenItems(values);
  using hosts = await openHost(values, isolate, jobFile);
  const { host } = hosts;
  const items = given ?? await ownItems(jobFile.reference, job, host, stop);
  const work: JobWork = {
    job: jobFile.reference,
    name: job,
    items: items.bytes,
    input: items.input,
    host,
    inProcess: isolate === "worker",
    timeoutMs: values.timeout,
    clock,
    signal: stop,
  };
  const deadline = clock.now() + values.maxTime;
  const calibration = await calibrate(work, Math.min(1000, calibrationShare * values.maxTime));
  if (stop.aborted) return 0;
  if (!values.json) await stdout.write(compareHead({ ...tool, machine, seed: values.seed }, stdout.style));
  const threads = values.threads || Math.max(2, machine.usableCores);
  const tasks = values.tasks || chooseTasks(calibration, work.items.length, threads);
  const { rounds } = values;
  const { usableCores } = machine;
  const wanted = {
    items: work.items.length,
    rounds,
    maxMs: plannedShare * (deadline - clock.now()),
    cells: cells(threads, tasks),
    usableCores,
  };
  const amount = chooseAmount(wanted, calibration);
  const grid = cells(threads, values.tasks || Math.min(tasks, amount.items));
  const plan = planOf(values, amount, grid, calibration, work.items.length);
  if (!values.quiet) await stderr.write(planText(plan, stderr.style));

  const outputs = values.outputs === "equal" ? new OutputCheck() : undefined;
  const options = { work, cells: grid, amount, calibration, seed: values.seed, deadline, outputs };
  const runs = await measure(options, plan, values.quiet ? undefined : stderr);
  if (runs.length < runsPerRound) return 0; // stopped before there was anything to say
  const found = compareModes(runs, {
    job,
    itemCount: amount.items,
    cells: grid,
    cores: { all: machine.cores, needed: Math.min(threads, usableCores) },
    digest: outputs?.digest,
    planned: amount.rounds,
    stopped: stop.aborted,
  });
  const { advice } = found;
  if (values.savePlan !== undefined) {
    if (advice.kind === "use") {
      const { cpu } = machine;
      const about = { job, jobSha256: await planHash(jobFile.reference), cpu, cores: usableCores };
      const { threads, tasks } = advice.cell;
      const plan = planJson({ plan: 1, ...about, threads, tasks, reason: advice.reason });
      await writeFileOrStdout(exportPath(values.savePlan), plan, stdout);
    } else await stderr.write(`! no plan was saved: ${advice.reason}\n`);
  }
  if (values.json) {
    const about = { tool, command: "compare", startedAt: startedAt.toISOString(), elapsedMs: clock.now() - start };
    const head = { ...about, machine, options: values, seed: values.seed };
    await stdout.write(jsonDocument(head, resultOf(found)));
    return 0;
  }
  await stdout.write(compareText(found, stdout.style));
  if (advice.kind === "use") {
    if (values.savePlan !== undefined) await stdout.write(`Plan saved: ${printable(values.savePlan)}\n`);
    await stdout.write(`Next: ${nextRun(job, advice.cell, values, Deno.args)}\n`);
  }
  return 0;
}

/** Measures all rounds, or those there is time for; says how far it is on a terminal, between the runs. */
async function measure(
  options: ModeRoundsOptions,
  plan: ComparePlan,
  progress: Output | undefined,
): Promise<readonly JobRun[]> {
  const terminal = progress?.style.terminal ? progress : undefined;
  const { clock } = options.work;
  const start = clock.now();
  const runs: JobRun[] = [];
  try {
    for await (const run of measureModes(options)) {
      runs.push(run);
      await terminal?.write(`${eraseLine}${compareProgress(runs.length, plan, clock.now() - start)}`);
    }
  } finally {
    await terminal?.write(eraseLine);
  }
  return runs;
}

function planOf(
  { rounds, maxTime }: CompareValues,
  amount: Amount,
  grid: readonly Cell[],
  calibration: Calibration,
  itemsGiven: number,
): ComparePlan {
  const warmup = Math.max(...grid.map((cell) => warmupItems(cell, calibration, amount.items)));
  return {
    ...amount,
    itemsGiven,
    roundsWanted: rounds,
    runsPerRound,
    warmup,
    calibrated: calibration.items,
    maxMs: maxTime,
  };
}

/** The result as the document has it; see the fields of `compare`. */
function resultOf(found: JobComparison): object {
  const { job, itemCount, rounds, digest, control, contention, modes, phases, notices, advice } = found;
  const cell = advice.kind === "use" ? advice.cell : { mode: null, threads: null, tasks: null };
  return {
    job,
    itemCount,
    rounds,
    outputsEqual: digest === null ? null : true,
    digest,
    control,
    contention,
    overheadUs: null, // not measured yet
    modes,
    phases,
    breakEvenMs: null, // needs the overhead
    advice: { ...cell, reason: advice.reason },
    grid: null, // needs --grid
    notices,
  };
}

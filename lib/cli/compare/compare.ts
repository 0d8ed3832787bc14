import { calibrate } from "../../bench/calibrate.ts";
import { compareModes } from "../../bench/comparison.ts";
import type { JobWork } from "../../bench/job_work.ts";
import { readMachine } from "../../bench/machine.ts";
import { measureOwnCost } from "../../bench/own_cost.ts";
import { drawOrder, sliceAt } from "../../bench/run_items.ts";
import { OutputCheck } from "../../bench/outputs.ts";
import type { Clock } from "../../clock.ts";
import { UsageError } from "../../errors.ts";
import type { JobReference } from "../../model/item.ts";
import type { Machine } from "../../model/machine.ts";
import { roundProgress, scheduleText } from "../../report/round_schedule_text.ts";
import { compareResult } from "../../report/compare_result.ts";
import { compareHead, compareText } from "../../report/compare_text.ts";
import { documentJson } from "../../report/document.ts";
import { printable } from "../../report/printable.ts";
import { plural, whole } from "../../report/words.ts";
import { estimateEarly } from "../../stats/early_stop.ts";
import { estimateRatio } from "../../stats/ratio_estimate.ts";
import { exportPath, writeFileOrStdout } from "../terminal/export_file.ts";
import { planHash, planJson } from "../job/plan_file.ts";
import type { CompareValues } from "./command.ts";
import { givenItems, ownItems } from "./compare_items.ts";
import { measure } from "../../bench/compare_measure.ts";
import { scheduleRounds } from "../../bench/schedule_rounds.ts";
import { itemRemedies, noticeRemedies } from "../job/remedies.ts";
import { checkGrants, withNeeds } from "../job/grants.ts";
import { isolation } from "../job/slot_options.ts";
import { findJob } from "../job/job_file.ts";
import { nextRun } from "./next_run.ts";
import { documentHead } from "../terminal/document_head.ts";
import { Progress } from "../terminal/progress.ts";
import type { Session } from "../terminal/session.ts";
import { openHost } from "../job/slot_host.ts";
import { tool } from "../../tool.ts";

/** Calibration may take this part of `--max-time`, and a second at most. */
const calibrationShare = 0.05;

/** What runs when the time is up may end within a second, see pool_run.ts: that is a part of the time. */
const stopMs = 1_000;

/** `tandem compare JOB`: the job over the items in every mode, in shuffled rounds; what is faster, and what to use. */
export async function run(flags: CompareValues, [job]: readonly string[], session: Session): Promise<number> {
  const { stdout, stderr, stop } = session;
  const planFile = flags.savePlan === undefined ? undefined : exportPath(flags.savePlan);
  const { clock } = session;
  const start = clock.now();
  const isolate = isolation(flags);
  const jobFile = await findJob(job, session.runtime, flags.deno !== undefined);
  const values = withNeeds(flags, jobFile.needs);
  checkGrants(values, session.query);
  const machine = readMachine();
  const given = await givenItems(values, session.stdin);
  await using hosts = await openHost(values, isolate, jobFile, session.host);
  const { host } = hosts;
  const items = given ?? await ownItems(jobFile.reference, job, host, stop);
  const { bytes, input } = items;
  const { seed, maxTime, once } = values;
  const timeoutMs = values.timeout;
  const deadline = start + maxTime - Math.min(stopMs, 0.2 * maxTime);
  using limit = abortAt(deadline, clock);
  const signal = AbortSignal.any([stop, limit.signal]);
  const work: JobWork = {
    job: jobFile.reference,
    name: job,
    input,
    host,
    timeoutMs,
    clock,
    signal,
    remedies: itemRemedies("\n"),
  };
  const order = once ? firstPlaces(bytes.length) : drawOrder(bytes.length, seed);
  const calibration = await calibrate(work, sliceAt(bytes, order), Math.min(1000, calibrationShare * maxTime));
  if (stop.aborted) return 0;
  if (signal.aborted) throw noRound(maxTime);
  if (!values.json) await stdout.write(compareHead({ ...tool, machine, seed }));
  const threads = values.threads ?? Math.max(2, machine.usableCores);
  const ownCost = await measureOwnCost(work, threads, Math.min(20_000, 2 * maxTime));
  const measurement = scheduleRounds({ ...values, threads }, bytes, calibration, machine, deadline - clock.now());
  const { cells, amount, schedule } = measurement;
  if (!values.quiet) await stderr.write(scheduleText(schedule, "for more: --max-time"));

  const outputs = values.outputs === "equal" && !once ? new OutputCheck() : undefined;
  const options = { work, ...measurement, rounds: amount.rounds, warmupRounds: values.warmup, seed, deadline, outputs };
  const roundsStart = clock.now();
  let done = 0;
  const progress = new Progress(stderr, () => roundProgress(done, schedule, clock.now() - roundsStart), clock);
  const onRun = async (runs: number) => {
    done = runs;
    if (!values.quiet) await progress.paint();
  };
  const { runs, ended: over } = await measure(options, values.stopEarly, schedule, onRun).finally(() =>
    progress.stop()
  );
  const ended = stop.aborted ? "stopped" as const : over;
  const used = measurement.itemsUsed();
  if (runs.length === 0 && stop.aborted) return 0; // there is nothing to say
  if (runs.length === 0) throw noRound(maxTime);
  const context = {
    job,
    itemCount: amount.items,
    itemsGiven: bytes.length,
    passes: amount.passes,
    once,
    cells,
    cores: { all: machine.cores, needed: Math.min(threads, machine.usableCores), usableCores: machine.usableCores },
    ownCost,
    digest: outputs?.digest,
    planned: amount.rounds,
    ended,
    remedies: noticeRemedies,
  };
  const found = compareModes(runs, context, ended === "settled" ? estimateEarly : estimateRatio);
  const { advice } = found;
  if (planFile !== undefined) {
    if (advice.kind === "use") {
      const text = await planText(job, jobFile.reference, machine, advice);
      await writeFileOrStdout(planFile, text, stdout);
    } else await stderr.write(`! no plan was saved: ${advice.reason}\n`);
  }
  if (values.json) {
    const head = await documentHead({ command: "compare", options: values, seed, machine }, session);
    await stdout.writeExact(documentJson({ ...head, result: compareResult(found, used) }));
    return 0;
  }
  await stdout.write(compareText(found, stdout.style));
  if (used !== undefined && !stop.aborted) {
    await stdout.write(
      `The first ${whole(used)} of ${plural(bytes.length, "item")} have run, once each; the others have not.\n`,
    );
  }
  if (advice.kind === "use") {
    if (values.savePlan !== undefined) await stdout.write(`Plan saved: ${printable(values.savePlan)}\n`);
    const rest = used === undefined ? undefined : bytes.at(used);
    await stdout.write(`Next: ${nextRun(job, advice.cell, session.call.given, rest)}\n`);
  }
  return 0;
}

async function planText(
  job: string,
  reference: JobReference,
  { cpu, usableCores }: Machine,
  { cell: { threads, tasks }, reason }: { readonly cell: { threads: number; tasks: number }; readonly reason: string },
): Promise<string> {
  const jobSha256 = await planHash(reference);
  return planJson({ plan: 1, job, jobSha256, cpu, cores: usableCores, threads, tasks, reason });
}

/** The items that calibrate where none may run twice: a few, as the rounds need the others. */
function firstPlaces(items: number): number[] {
  return Array.from({ length: Math.min(items, Math.max(7, Math.ceil(calibrationShare * items))) }, (_, place) => place);
}

/** A signal that aborts at a time of the clock. */
function abortAt(time: number, clock: Clock) {
  const limit = clock.wait(Math.max(0, time - clock.now()));
  const controller = new AbortController();
  limit.done.then(() => controller.abort());
  return { signal: controller.signal, [Symbol.dispose]: () => limit.cancel() };
}

function noRound(maxMs: number): UsageError {
  return new UsageError(
    `no round was over within --max-time=${maxMs / 1000}s, as items take too long; give more time, or fewer items`,
  );
}

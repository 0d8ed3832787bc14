import { compareWork } from "../../bench/compare_work.ts";
import { openTimeBox, timeUpIn } from "../../bench/time_box.ts";
import type { Host } from "../../exec/host/host.ts";
import { exitCodes, OutputError } from "../../errors.ts";
import type { JobComparison } from "../../model/comparison.ts";
import type { JobReference } from "../../model/item.ts";
import type { Machine } from "../../model/machine.ts";
import type { Plan } from "../../model/plan.ts";
import type { Advice } from "../../model/reason.ts";
import { renderingOf } from "../../report/renderings.ts";
import { inexactText, lineText } from "../../report/run_text.ts";
import { reasonText } from "../../report/reason_words.ts";
import { roundProgress, scheduleLines } from "../../report/round_schedule_text.ts";
import { proseText, warningText } from "../../report/wrap.ts";
import { checkGrants, withNeeds } from "../job/grants.ts";
import { findJob } from "../job/job_file.ts";
import { jobDigest, planJson } from "../job/plan_file.ts";
import { itemRemedies } from "../job/remedies.ts";
import { openHost } from "../job/slot_host.ts";
import { isForeign, isolation } from "../job/slot_options.ts";
import { exportsIn } from "../table/common_options.ts";
import { documentHead, exportsOf, writeRendered } from "../terminal/documents.ts";
import type { Session } from "../terminal/session.ts";
import { Progress } from "../terminal/progress.ts";
import type { TraceFile } from "../terminal/trace_file.ts";
import { compareOptions, type CompareValues, inRuntime } from "./command.ts";
import { givenItems, type Items, ownItems } from "./compare_items.ts";
import { nextRun } from "./next_run.ts";

/**
 * `tandem compare JOB`: the job over the items in every mode, in shuffled rounds; what is faster, and what to use. With an old job:
 * whether the job became faster or slower; with two runtimes: whether it is in the second one.
 */
export async function run(flags: CompareValues, operands: readonly string[], session: Session): Promise<number> {
  const { stdout, stderr, stop, clock, began, call } = session;
  const job = operands[operands.length - 1]; // behind the old one
  await using progress = new Progress(session, { quiet: flags.quiet });
  await progress.show({ what: flags.items === undefined ? `loading ${job}` : "reading items" });
  const planFile = flags.savePlan === undefined ? undefined : (await exportFile()).exportPath(flags.savePlan);
  const [oldRuntime, nowRuntime] = flags.runtimes;
  const placed = inRuntime(flags, nowRuntime);
  const isolate = isolation(placed);
  const jobFile = await findJob(job, session, isForeign(placed));
  const values = withNeeds(flags, jobFile.needs);
  checkGrants(values, session.query);
  await using old = isAboutTwo(operands, flags)
    ? await (await import("./old_job.ts")).openOldJob(operands, flags, jobFile, session)
    : undefined;
  const oldValues = withNeeds(flags, old?.file.needs);
  if (old !== undefined) checkGrants(oldValues, session.query);
  const others = [...values.json ? ["--json"] : [], ...planFile === "-" ? ["--save-plan -"] : []];
  const exports = await exportsOf(["compare"], exportsIn(flags), others, session);
  const { refuseSameFile } = await import("../terminal/same_file.ts");
  const references = [jobFile, ...old === undefined ? [] : [old.file]].map(({ reference }) => reference);
  const used = (await import("./used_files.ts")).usedFiles(values, planFile, references);
  refuseSameFile([...used, ...exports.files], session);
  const failures: OutputError[] = [];
  await using trace = values.trace === undefined
    ? undefined
    : await (await import("./open_trace.ts")).openTrace(values, values.trace, operands, clock, (error) =>
      failures.push(error));
  const machine = await session.machine();
  const format = values.json ? "json" : "text";
  const render = await renderingOf("compare", format);
  using box = openTimeBox(clock, began.ms, values.maxTime, stop); // already here, as items and a job may never come
  const { stdin } = session;
  const source = stdin.terminal
    ? (await import("../terminal/typed_input.ts")).typedInput(values, progress, session)
    : stdin;
  const given = await orAborted(givenItems(values, source), box.signal).catch((error) => {
    throw timeUpIn(error, { kind: "reading", from: `--items ${values.items}` });
  });
  if (given?.inexact !== undefined) {
    await progress.erase();
    const { items, line } = given.inexact;
    await stderr.write(warningText(inexactText({ items, at: lineText(line) }), stderr.style));
  }
  const jobSha256 = await jobDigest(jobFile.reference); // before the job runs, as it may change its file
  await using hosts = await openHost(inRuntime(values, nowRuntime), isolate, jobFile, session);
  await using oldHosts = old && await openHost(inRuntime(oldValues, oldRuntime), isolate, old.file, session);
  const items = given ?? await ownItems(jobFile.reference, job, hosts.host, box.signal).catch((error) => {
    throw timeUpIn(error, { kind: "loading", job });
  });
  const found = await measure(
    {
      values,
      job: { name: old?.nowName ?? job, reference: jobFile.reference, host: hosts.host },
      old: old && oldHosts && { name: old.name, reference: old.file.reference, host: oldHosts.host },
      machine,
      items,
      progress,
      trace,
    },
    session,
  ).finally(() => progress.end());
  await trace?.end();
  const itemsSha256 = await items.hash();
  const about = { options: values, seed: values.seed, machine, jobSha256, itemsSha256, itemFlags: ["items", "count"] };
  const head = await documentHead({ command: "compare", ...about }, session);
  const { advice, itemsUsed, changes } = found;
  const plan = planOf(advice, { job, jobSha256, machine });
  const rest = itemsUsed === null ? undefined : itemAt(items, itemsUsed);
  const isLeft = itemsUsed === null || rest !== undefined;
  const saved = planFile !== undefined && await savePlan(planFile, plan, session);
  if (saved instanceof OutputError) failures.push(saved);
  const savedPlan = saved === true ? values.savePlan ?? null : null;
  const followed = savedPlan !== null && planFile !== "-" ? savedPlan : undefined;
  const next = changes !== undefined
    ? (await import("./next_comparison.ts")).nextComparison(
      { changes, rounds: found.rounds, elapsedMs: head.elapsedMs },
      values,
      call,
    )
    : advice.kind === "use" && isLeft
    ? nextRun(job, advice, { ...call.given, savePlan: followed }, rest)
    : null;
  const against = oldHosts && old?.about({ old: oldHosts.runtime(), now: hosts.runtime() });
  const document = { ...head, result: { ...found, job, against, next, plan, savedPlan } };
  const notExported = await exports.write([document]);
  if (notExported !== undefined) failures.push(notExported);
  if (!exports.takesStdout) await writeRendered(render(document, stdout.style), format, stdout);
  if (advice.kind === "none" && planFile !== undefined) {
    await stderr.write(warningText(`no plan was saved: ${reasonText(advice.reason)}`, stderr.style));
  }
  if (changes !== undefined && session.stepSummary !== undefined) {
    const markdown = await renderingOf("compare", "markdown");
    const { appendStepSummary } = await import("../terminal/step_summary.ts");
    await appendStepSummary(() => markdown(document, stdout.style), session);
  }
  const failure = failures.pop();
  for (const { message } of failures) await stderr.write(warningText(message, stderr.style));
  if (failure) throw failure; // the measurement has been shown
  if (changes === undefined || values.failOn.length === 0) return exitCodes.ok;
  return (await import("../../bench/gate.ts")).gate(changes.map(({ verdict }) => verdict), values.failOn);
}

/** Whether the command line names an old job or two runtimes, or has flags that need them. */
function isAboutTwo(operands: readonly string[], values: CompareValues): boolean {
  const { against, runtimes, modes, margin, failOn } = values;
  const isOther = margin !== compareOptions.margin.fallback;
  return operands.length > 1 || against !== undefined || isOther ||
    [runtimes, modes, failOn].some(({ length }) => length > 0);
}

function itemAt({ list, lineOf }: Items, place: number): Parameters<typeof nextRun>[3] {
  const bytes = list.at(place);
  return bytes && { bytes, line: lineOf(place) };
}

/** The work's result; rejects with the signal's reason if it aborts before. */
async function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const abort = () => reject(signal.reason);
  signal.addEventListener("abort", abort);
  try {
    signal.throwIfAborted();
    return await Promise.race([work, promise]);
  } finally {
    signal.removeEventListener("abort", abort);
  }
}

/** A job as the command line names it, and where its slots are. */
interface MeasuredJob {
  readonly name: string;
  readonly reference: JobReference;
  readonly host: Host;
}

/** What is measured. */
interface Measured {
  readonly values: CompareValues;
  readonly job: MeasuredJob;
  readonly old: MeasuredJob | undefined;
  readonly machine: Machine;
  readonly items: Items;
  readonly progress: Progress;
  readonly trace: TraceFile | undefined;
}

/** Compares the modes, or the jobs, and says what it is doing. */
async function measure(
  { values, job, old, machine, items: { list, input }, progress, trace }: Measured,
  session: Session,
): Promise<JobComparison> {
  const { stderr, stop, clock, began, meter } = session;
  const { quiet, timeout: timeoutMs, warmup: warmupRounds, maxTime: maxMs, modes, margin } = values;
  const remedies = itemRemedies("\n");
  const workOf = ({ name, reference, host }: MeasuredJob) => (
    { job: reference, name, input, host, timeoutMs, clock, meter, remedies }
  );
  const against = old && { old: workOf(old), modes: modes.length === 0 ? undefined : modes, within: 1 + margin };
  await progress.show({ what: "calibrating" });
  return await compareWork(workOf(job), list, { ...values, warmupRounds, maxMs }, {
    clock,
    signal: stop,
    cores: { all: machine.cores, usable: machine.usableCores },
    startMs: began.ms,
    trace,
    async onRun(runs, schedule) {
      if (runs === 0 && !quiet) {
        await progress.erase();
        await stderr.write(proseText(scheduleLines(schedule), stderr.style));
      }
      await progress.show(roundProgress(runs, schedule));
    },
  }, against);
}

/** The advice as a plan; null if there is none. */
function planOf(
  advice: Advice,
  { job, jobSha256, machine }: { readonly job: string; readonly jobSha256: string; readonly machine: Machine },
): Plan | null {
  if (advice.kind === "none") return null;
  const { threads, tasks, reason } = advice;
  const { cpu, usableCores: cores } = machine;
  return { plan: 1, job, jobSha256, cpu, cores, threads, tasks, reason };
}

/** Loaded only if something is saved. */
const exportFile = () => import("../terminal/export_file.ts");

/** Saves a plan. False if there is none; the error if it cannot be written. */
async function savePlan(file: string, plan: Plan | null, { stdout }: Session): Promise<boolean | OutputError> {
  if (plan === null) return false;
  try {
    await (await exportFile()).writeFileOrStdout(file, planJson(plan), stdout);
    return true;
  } catch (error) {
    if (error instanceof OutputError) return error;
    throw error;
  }
}

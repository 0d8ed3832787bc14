import { compareWork } from "../../bench/compare_work.ts";
import { openTimeBox } from "../../bench/time_box.ts";
import { sha256 } from "../../digest.ts";
import type { Machine } from "../../model/machine.ts";
import type { Advice } from "../../model/reason.ts";
import { renderingOf } from "../../report/renderings.ts";
import { reasonText, useText } from "../../report/reason_words.ts";
import { scheduleText } from "../../report/round_schedule_text.ts";
import { checkGrants, withNeeds } from "../job/grants.ts";
import { findJob } from "../job/job_file.ts";
import { planHash, planJson } from "../job/plan_file.ts";
import { itemRemedies } from "../job/remedies.ts";
import { openHost } from "../job/slot_host.ts";
import { isolation } from "../job/slot_options.ts";
import { documentHead, writeRendered } from "../terminal/documents.ts";
import { exportPath, writeFileOrStdout } from "../terminal/export_file.ts";
import type { Session } from "../terminal/session.ts";
import { SuiteProgress } from "../terminal/suite_progress.ts";
import type { CompareValues } from "./command.ts";
import { givenItems, hashOf, ownItems } from "./compare_items.ts";
import { nextRun } from "./next_run.ts";

/** `tandem compare JOB`: the job over the items in every mode, in shuffled rounds; what is faster, and what to use. */
export async function run(flags: CompareValues, [job]: readonly string[], session: Session): Promise<number> {
  const { stdout, stderr, stop, clock, began } = session;
  const planFile = flags.savePlan === undefined ? undefined : exportPath(flags.savePlan);
  const isolate = isolation(flags);
  const jobFile = await findJob(job, session.runtime, flags.deno !== undefined);
  const values = withNeeds(flags, jobFile.needs);
  checkGrants(values, session.query);
  const machine = await session.machine();
  const format = values.json ? "json" : "text";
  const render = await renderingOf("compare", format);
  const given = await givenItems(values, session.stdin);
  const jobSha256 = await planHash(jobFile.reference); // before the job runs, as it may change its file
  await using hosts = await openHost(values, isolate, jobFile, session);
  const { host } = hosts;
  using box = openTimeBox(clock, began.ms, values.maxTime, stop); // here already, as a job may never load
  const { bytes, input } = given ?? await ownItems(jobFile.reference, job, host, box.signal);
  const work = {
    job: jobFile.reference,
    name: job,
    input,
    host,
    timeoutMs: values.timeout,
    clock,
    meter: session.meter,
    remedies: itemRemedies("\n"),
  };
  const wanted = {
    ...values,
    warmupRounds: values.warmup,
    maxMs: values.maxTime,
  };
  const progress = new SuiteProgress(session, values.quiet);
  const found = await compareWork(work, bytes, wanted, {
    clock,
    signal: stop,
    cores: { all: machine.cores, usable: machine.usableCores },
    startMs: began.ms,
    async onRun(runs, schedule) {
      if (runs === 0 && !values.quiet) await stderr.write(scheduleText(schedule));
      await progress.paint(runs, schedule);
    },
  }).finally(() => progress.end());
  const about = {
    command: "compare",
    options: values,
    seed: values.seed,
    machine,
    jobSha256: jobSha256 ?? await sha256(job),
    itemsSha256: await hashOf(bytes),
    itemFlags: ["items", "count"],
  } as const;
  const head = await documentHead(about, session);
  const { advice, itemsUsed } = found;
  if (planFile !== undefined) {
    if (advice.kind === "use") await writeFileOrStdout(planFile, planText(job, jobSha256, machine, advice), stdout);
    else await stderr.write(`! no plan was saved: ${reasonText(advice.reason)}\n`);
  }
  const rest = itemsUsed === null ? undefined : bytes.at(itemsUsed);
  const isLeft = itemsUsed === null || rest !== undefined;
  const next = advice.kind === "use" && isLeft ? nextRun(job, advice, session.call.given, rest) : null;
  const savedPlan = advice.kind === "use" ? values.savePlan ?? null : null;
  await writeRendered(render({ ...head, result: { ...found, next, savedPlan } }, stdout.style), format, stdout);
  return 0;
}

function planText(
  job: string,
  jobSha256: string | null,
  { cpu, usableCores }: Machine,
  { threads, tasks, reason }: Advice & { readonly kind: "use" },
): string {
  return planJson({ plan: 1, job, jobSha256, cpu, cores: usableCores, threads, tasks, reason: useText(reason) });
}

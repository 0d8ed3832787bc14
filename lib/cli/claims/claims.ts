import { simplestBest } from "../../bench/simplest_best.ts";
import { contention, type RoundLoad } from "../../bench/contention.ts";
import { controlOf, summarizeControl } from "../../bench/control.ts";
import { corners, experiments } from "../../bench/experiment.ts";
import { readMachine } from "../../bench/machine.ts";
import { readLoad } from "../../bench/machine_load.ts";
import { measureRounds, type RoundsOptions } from "../../bench/rounds.ts";
import { compareSamples, summarize } from "../../bench/summarize.ts";
import { isSteady, judge } from "../../claims/judge.ts";
import { chooseClaims } from "../../claims/choose.ts";
import type { Comparison, Sample, Summary } from "../../model/claim.ts";
import type { Mode } from "../../model/grid.ts";
import { claimsResult } from "../../report/claims_result.ts";
import {
  adviceText,
  claimsEnd,
  claimsHead,
  claimsTable,
  modesTable,
  stoppedText,
  suiteLine,
} from "../../report/claims_text.ts";
import { documentJson } from "../../report/document.ts";
import { roundProgress } from "../../report/round_schedule_text.ts";
import { pluralIs } from "../../report/words.ts";
import { minValues } from "../../stats/signed_rank.ts";
import type { Output } from "../terminal/output.ts";
import { documentHead } from "../terminal/document_head.ts";
import type { ClaimsValues } from "./command.ts";
import { Progress } from "../terminal/progress.ts";
import type { Session } from "../terminal/session.ts";
import { didYouMean } from "../table/suggest.ts";
import { moreRounds } from "../job/remedies.ts";
import { tool } from "../../tool.ts";

/** `tandem claims [IDS]`: measures the work that the claims are about, and judges them. */
export async function run(values: ClaimsValues, ids: readonly string[], session: Session): Promise<number> {
  const { stdout, stderr, stop, clock, began } = session;
  const chosen = chooseClaims(ids, didYouMean);
  const machine = readMachine();
  const { rounds, seed } = values;
  const grid = corners(values.threads ?? Math.max(2, machine.usableCores), values.tasks);
  const work = experiments.filter(({ id }) => chosen.some(({ experiment }) => experiment === id));
  const head = { ...tool, machine, claims: chosen.length, rounds, seed };
  if (!values.json) await stdout.write(claimsHead(head));

  const options = { experiments: work, cells: grid, control: controlOf(work), rounds, seed, clock };
  const { samples, loads } = await measure({ ...options, signal: stop }, stderr);

  const control = summarizeControl(samples, work);
  const tested = chosen.map((claim) => ({
    claim,
    effect: compareSamples(samples, claim.experiment, claim.baseline, claim.mode),
  }));
  const seen = { machine, control, loads };
  const verdicts = judge(tested, seen, moreRounds);
  const rows = tested.map(({ claim, effect }, i) => ({ ...claim, effect, verdict: verdicts[i] }));
  const summaries = summarize(samples, work, grid);
  const elapsedMs = clock.now() - began.ms;
  if (values.json) {
    const others = contention(loads, { all: machine.cores, needed: machine.usableCores });
    const documentOf = await documentHead({ command: "claims", options: values, seed, machine }, session);
    const result = claimsResult(rows, control, others.foreignCores, summaries);
    await stdout.writeExact(documentJson({ ...documentOf, result }));
    return 0;
  }
  if (samples.length === 0) return 0;
  const medianOf = (effect: Comparison, mode: Mode) =>
    summaries.find(({ experiment, cell }) => experiment === effect.experiment && cell.mode === mode)?.medianMs ?? NaN;
  const between = (one: Summary, other: Summary) =>
    compareSamples(samples, one.experiment, one.cell.mode, other.cell.mode);
  const versusSerial = ({ experiment, cell }: Summary) => compareSamples(samples, experiment, "serial", cell.mode);
  const done = loads.length;
  const needed = minValues(0.05); // fewer have no interval
  await stdout.write(suiteLine({ ...head, rounds: done }, control));
  await stdout.write(claimsTable(rows, medianOf, stdout.style));
  await stdout.write(modesTable(summaries, versusSerial, stdout.style));
  await stdout.write(claimsEnd(rows, elapsedMs));
  await stdout.write(stoppedText(done, rounds));
  await stdout.write(adviceText(
    done < needed
      ? { reason: `${pluralIs(done, "round")} too few: ${moreRounds(needed)}` }
      : isSteady(seen, machine.usableCores)
      ? { best: simplestBest(summaries, between) }
      : { reason: "the machine had other things to do, or was not steady" },
  ));
  return 0;
}

/** The samples of all rounds, or of those that ended before an abort, and what was used in each. Progress is painted between the runs. */
async function measure(
  options: RoundsOptions,
  stderr: Output,
): Promise<{ readonly samples: readonly Sample[]; readonly loads: readonly RoundLoad[] }> {
  const { experiments, cells, rounds, clock } = options;
  const startMs = clock.now();
  const samples: Sample[] = [];
  const loads: RoundLoad[] = [];
  const perRound = experiments.length * cells.length + 1;
  const schedule = { rounds, warmupRounds: 0, runsPerRound: perRound };
  let before = { ...readLoad(), atMs: startMs };
  const progress = new Progress(stderr, () => roundProgress(samples.length, schedule, clock.now() - startMs), clock);
  try {
    for await (const sample of measureRounds(options)) {
      samples.push(sample);
      if (samples.length % perRound === 0) {
        const after = { ...readLoad(), atMs: clock.now() };
        loads.push({
          elapsedMs: after.atMs - before.atMs,
          busyMs: after.busyMs - before.busyMs,
          ownMs: after.ownMs - before.ownMs,
        });
        before = after;
      }
      await progress.paint();
    }
  } finally {
    await progress.stop();
  }
  return { samples: samples.slice(0, loads.length * perRound), loads };
}

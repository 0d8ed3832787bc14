import { cells, experiments } from "../bench/experiment.ts";
import { readMachine } from "../bench/machine.ts";
import { measureRounds } from "../bench/rounds.ts";
import { compare, summarize } from "../bench/summarize.ts";
import { type Claim, judge } from "../claims/claim.ts";
import { claims } from "../claims/mod.ts";
import { systemClock } from "../clock.ts";
import { UsageError } from "../errors.ts";
import type { Comparison, Mode, Sample, Summary } from "../model.ts";
import { advice, claimsEnd, claimsHead, claimsTable, modesTable } from "../report/claims_text.ts";
import { jsonDocument } from "../report/document.ts";
import type { Session } from "./session.ts";
import { didYouMean } from "./suggest.ts";
import { tool } from "./version.ts";

/** The values of the command's flags; 0 threads means one for each usable core. */
export interface ClaimsValues {
  readonly rounds: number;
  readonly seed: number;
  readonly threads: number;
  readonly tasks: number;
  readonly json: boolean;
}

/** `tandem claims [IDS]`: measures the work that the claims are about, and judges them. */
export async function run(values: ClaimsValues, ids: readonly string[], session: Session): Promise<number> {
  const { stdout, stderr, stop } = session;
  const chosen = choose(ids);
  const startedAt = new Date();
  const startMs = systemClock.now();
  const machine = readMachine();
  const grid = cells(values.threads || Math.max(2, machine.usableCores), values.tasks);
  const work = experiments.filter(({ id }) => chosen.some(({ experiment }) => experiment === id));
  const head = { ...tool, machine, claims: chosen.length, rounds: values.rounds, seed: values.seed };
  if (!values.json) await stdout.write(claimsHead(head, stdout.style));

  const samples: Sample[] = [];
  const total = work.length * grid.length * values.rounds;
  const options = { experiments: work, cells: grid, rounds: values.rounds, seed: values.seed, clock: systemClock };
  for await (const sample of measureRounds({ ...options, signal: stop })) {
    samples.push(sample);
    if (stderr.style.terminal) {
      const left = (systemClock.now() - startMs) / samples.length * (total - samples.length);
      await stderr.write(`\r\x1b[Kround ${sample.round}/${values.rounds}  ETA ${Math.ceil(left / 1000)} s`);
    }
  }
  if (stderr.style.terminal) await stderr.write("\r\x1b[K");

  const summaries = summarize(samples, work, grid);
  const rows = chosen.map((claim) => {
    const effect = compare(samples, claim.experiment, claim.baseline, claim.mode);
    return { ...claim, effect, verdict: judge(claim, effect, machine.usableCores) };
  });
  const elapsedMs = systemClock.now() - startMs;
  if (values.json) {
    const counts = Object.fromEntries(
      ["holds", "fails", "unclear", "skipped"].map((
        word,
      ) => [word, rows.filter((row) => row.verdict.word === word).length]),
    );
    const result = {
      control: null, // no A/A control is measured yet
      claims: rows.map(({ id, sentence, source, verdict, effect }) => ({
        id,
        sentence,
        source,
        verdict: verdict.word,
        reason: verdict.reason,
        effect: effect.ratio,
        interval: [effect.lowest, effect.highest],
        evidence: effect,
      })),
      counts,
      modes: summaries,
    };
    const about = { tool, command: "claims", startedAt: startedAt.toISOString(), elapsedMs, machine };
    await stdout.write(jsonDocument({ ...about, options: values, seed: values.seed }, result));
    return 0;
  }
  if (samples.length === 0) return 0;
  const medianOf = (effect: Comparison, mode: Mode) =>
    summaries.find(({ experiment, cell }) => experiment === effect.experiment && cell.mode === mode)?.medianMs ?? NaN;
  await stdout.write(claimsTable(rows, medianOf, stdout.style));
  const versusSerial = ({ experiment, cell }: { experiment: string; cell: { mode: Mode } }) =>
    compare(samples, experiment, "serial", cell.mode);
  await stdout.write(modesTable(summaries, versusSerial, stdout.style));
  await stdout.write(claimsEnd(rows, elapsedMs, stdout.style));
  const against = (one: Summary, other: Summary) => compare(samples, one.experiment, one.cell.mode, other.cell.mode);
  await stdout.write(advice(summaries, against, stdout.style));
  return 0;
}

/** The claims that the ids name; all of them if there are none. */
export function choose(ids: readonly string[]): readonly Claim[] {
  const known = claims.map(({ id }) => id);
  for (const id of ids) {
    if (!known.includes(id)) {
      throw new UsageError(`unknown claim "${id}".${didYouMean(id, known)} Claims: ${known.join(", ")}`);
    }
  }
  return ids.length === 0 ? claims : claims.filter(({ id }) => ids.includes(id));
}

/**
 * The same work of more than 3 s timed by `tandem compare`, hyperfine and mitata, in turns of shuffled order; fails if the
 * medians differ by more than 3 %.
 *
 *     deno task bench:timers [REPEATS]
 *
 * A repeat takes about 50 s: to compare runs the work in every mode.
 */
import { median } from "../../../lib/stats/quantiles.ts";
import { seededRandom, shuffled } from "../../../lib/stats/random.ts";
import { timers } from "./timers.ts";

const tolerance = 0.03;
const repeats = Number(Deno.args[0] ?? 8);
if (!Number.isSafeInteger(repeats) || repeats < 1) {
  console.error(`${Deno.args[0]}: expected a whole number of repeats, from 1`);
  Deno.exit(2);
}
for (const timer of timers) {
  const why = await timer.missing();
  if (why === undefined) continue;
  console.error(why);
  Deno.exit(2);
}

const samples = new Map(timers.map(({ name }) => [name, [] as number[]]));
const random = seededRandom(1);
for (let repeat = 1; repeat <= repeats; repeat++) {
  for (const { name, sample } of shuffled(timers, random)) {
    const ms = await sample();
    samples.get(name)?.push(ms);
    console.error(`${repeat}/${repeats} ${name}: ${ms.toFixed(1)} ms`);
  }
}

const first = samples.get(timers[0].name) ?? [];
const medians = [...samples.values()].map(median);
console.log(`deno ${Deno.version.deno} · ${repeats} samples each\n`);
row("", "MEDIAN", "FROM", "TO", "DIFFERENCE", "OF PAIRS");
for (const [name, own] of samples) {
  const pairs = median(own.map((ms, i) => ms / first[i]));
  const differences = name === timers[0].name ? [] : [percent(median(own) / medians[0]), percent(pairs)];
  row(name, ...[median(own), Math.min(...own), Math.max(...own)].map((ms) => `${ms.toFixed(1)} ms`), ...differences);
}
const spread = Math.max(...medians) / Math.min(...medians) - 1;
const agree = spread <= tolerance;
console.log(
  `\nThe medians ${agree ? "agree" : "DO NOT agree"} to ${100 * tolerance} %: they differ by ${
    (100 * spread).toFixed(2)
  } %.`,
);
if (!agree) Deno.exit(1);

function percent(ratio: number): string {
  return `${ratio >= 1 ? "+" : ""}${(100 * (ratio - 1)).toFixed(2)} %`;
}

function row(name: string, ...cells: readonly string[]): void {
  console.log([name.padEnd(24), ...cells.map((cell) => cell.padStart(11))].join("").trimEnd());
}

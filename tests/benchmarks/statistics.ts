/**
 * The numbers behind lib/stats, by simulated sessions (tests/stats/simulation): how often intervals miss where nothing
 * differs, how often they cover, how often a true difference is shown, for each kind of noise; how early stops fare;
 * and what the exact interval would have done. Takes the number of sessions a row (2000), needs no permission.
 */
import { exactInterval, walshAverages } from "../../lib/stats/hodges_lehmann.ts";
import { ofRatio } from "../../lib/stats/ratio_estimate.ts";
import { percent } from "../stats/simulation/demands.ts";
import { mutants } from "../stats/simulation/mutants.ts";
import { noiseKinds } from "../stats/simulation/noise.ts";
import { earlyStop, fixedRounds, type Method, simulate } from "../stats/simulation/rates.ts";

const sessions = Number(Deno.args[0] ?? 2000);

console.log(`${sessions} sessions of 4 modes a row, 3 comparisons each; noise of a round 2 % unless it says 1 %`);
row("noise", "rounds", "missed at 1.00", "fast or slow", "covered at 1.05", "+5 % shown, 1 %", "+5 % shown, 2 %");
for (const noise of noiseKinds) {
  for (const rounds of [6, 8, 12, 20, 30]) {
    const trial = { noise, size: 0.02, rounds, truth: 1, method: fixedRounds, sessions, comparisons: 3 };
    const nothing = simulate(trial);
    const something = simulate({ ...trial, truth: 1.05 });
    const quiet = simulate({ ...trial, size: 0.01, truth: 1.05 });
    row(
      noise,
      rounds,
      percent(nothing.missed),
      percent(nothing.faster + nothing.slower),
      percent(1 - something.missed),
      percent(quiet.faster),
      percent(something.faster),
    );
  }
}

console.log("\nOne comparison, at most 30 rounds, a look for an early stop after each");
row("noise", "truth", "rounds, 1 %", "covered", "shown", "rounds, 2 %", "covered", "shown");
for (const noise of noiseKinds) {
  for (const truth of [1, 1.02, 1.03, 1.05, 1.2]) {
    const cells = [0.01, 0.02].flatMap((size) => {
      const rates = simulate({ noise, size, rounds: 30, truth, method: earlyStop, sessions, comparisons: 1 });
      const shown = rates.faster > rates.same ? `${percent(rates.faster)} faster` : `${percent(rates.same)} same`;
      return [rates.rounds.toFixed(1), percent(1 - rates.missed), shown];
    });
    row(noise, truth, ...cells);
  }
}

const exact: Method = {
  ...fixedRounds,
  interval: (logRatios) => ofRatio(exactInterval(walshAverages(logRatios), 0.95)),
};
console.log("\nMissed at 1.00 with normal noise: the exact interval and the interpolated one");
row("rounds", "exact", "interpolated");
for (const rounds of [6, 7, 8, 9, 10, 12, 20, 30]) {
  const trial = { noise: "normal", size: 0.02, rounds, truth: 1, sessions, comparisons: 3 } as const;
  row(rounds, ...[exact, fixedRounds].map((method) => percent(simulate({ ...trial, method }).missed)));
}

console.log("\nMutants, one comparison");
row("noise", "missed at 1.00", "fast or slow", "covered at 1.03", "what is wrong");
for (const { name, method, noise, rounds } of mutants) {
  const trial = { noise, size: 0.02, rounds, truth: 1, method, sessions, comparisons: 1 };
  const nothing = simulate(trial);
  const covered = 1 - simulate({ ...trial, truth: 1.03 }).missed;
  row(noise, percent(nothing.missed), percent(nothing.faster + nothing.slower), percent(covered), name);
}

function row(...cells: (string | number)[]) {
  console.log(cells.map((cell) => String(cell).padEnd(16)).join(" ").trimEnd());
}

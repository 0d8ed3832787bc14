import { assert, assertEquals, assertMatch } from "@std/assert";
import { percent, unmet } from "./simulation/demands.ts";
import { mutants } from "./simulation/mutants.ts";
import { noiseKinds } from "./simulation/noise.ts";
import { earlyStop, fixedRounds, simulate } from "./simulation/rates.ts";

// The table of all numbers: deno run tests/benchmarks/statistics.ts

for (const noise of noiseKinds) {
  Deno.test(`simulation: ${noise}: false positives, wrong verdicts and coverage meet the demands`, () => {
    const place = { noise, size: 0.02, truth: 1.05, sessions: 1500, comparisons: 3 };
    assertEquals([6, 8, 12, 20].flatMap((rounds) => unmet(fixedRounds, { ...place, rounds })), []);
  });

  Deno.test(`simulation: ${noise}: with a look after each round for an early stop, too`, () => {
    const place = { noise, size: 0.015, rounds: 30, truth: 1.03, sessions: 1000, comparisons: 1 };
    assertEquals(unmet(earlyStop, place), []);
  });
}

Deno.test("simulation: 12 rounds with 1 % of noise show +5 % as faster", () => {
  const trial = { noise: "normal", size: 0.01, rounds: 12, truth: 1.05, sessions: 2000, comparisons: 3 } as const;
  const { faster } = simulate({ ...trial, method: fixedRounds });
  assert(faster >= 0.95, percent(faster));
});

Deno.test("simulation: an early stop saves rounds if the answer is clear, and gives the same answer", () => {
  const trial = { noise: "normal", size: 0.01, rounds: 30, sessions: 300, comparisons: 3 } as const;
  const large = simulate({ ...trial, truth: 1.2, method: earlyStop });
  assert(large.rounds < 10.5 && large.faster === 1, `${large.rounds} rounds, ${percent(large.faster)} faster`);
  const none = simulate({ ...trial, truth: 1, method: earlyStop });
  assert(none.rounds < 20 && none.same > 0.99, `${none.rounds} rounds, ${percent(none.same)} same`);
});

for (const { name, method, fails, ...place } of mutants) {
  Deno.test(`simulation: a mutant is caught: ${name}`, () => {
    const found = unmet(method, { ...place, size: 0.02, truth: 1.03, sessions: 1000, comparisons: 1 });
    assertMatch(found.join("\n"), fails);
  });
}

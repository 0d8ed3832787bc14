import { assert, assertEquals } from "@std/assert";
import { seededRandom } from "../../lib/stats/random.ts";
import { ratioBetween, shiftBetween } from "../../lib/stats/rank_sum.ts";
import { difference } from "../../lib/stats/verdict.ts";

const close = (a: number, b: number, within = 1e-9) => assert(Math.abs(a - b) <= within, `${a} and ${b}`);

/** The ends of an interval; fails if there is none. */
function endsOf({ interval }: ReturnType<typeof shiftBetween>): readonly [number, number, number] {
  assert(interval.kind === "interval", JSON.stringify(interval));
  return [interval.low, interval.high, interval.level];
}

/** Normal numbers (Box and Muller 1958). */
function normals(seed: number) {
  const random = seededRandom(seed);
  return () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

Deno.test("shiftBetween: Hollander, Wolfe and Chicken's example 4.1, as R's wilcox.test has it", () => {
  // Permeability constants of the human chorioamnion at term (x) and between 12 and 26 weeks (y).
  const x = [0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46];
  const y = [1.15, 0.88, 0.90, 0.74, 1.21];
  const found = shiftBetween(y, x);
  close(found.shift, 0.305, 1e-12);
  const [low, high, level] = endsOf(found);
  close(low, -0.15, 1e-12);
  close(high, 0.76, 1e-12);
  close(level, 1 - 2 * 0.019980, 1e-3);
});

Deno.test("shiftBetween: the level of 4 and 4 values is exact, and 3 and 3 are too few", () => {
  const [low, high, level] = endsOf(shiftBetween([1, 2, 3, 4], [11, 12, 13, 14]));
  assertEquals([low, high], [7, 13]);
  close(level, 1 - 2 / 70);
  assertEquals(shiftBetween([1, 2, 3], [4, 5, 6]).interval, { kind: "too few", found: 3, needed: 4 });
  assertEquals(shiftBetween([], [1]).interval.kind, "too few");
});

Deno.test("shiftBetween: exact and normal are close where one gives way to the other", () => {
  const normal = normals(1);
  const [a, b] = [50, 51].map((n) => Array.from({ length: n }, normal));
  const [exact, near] = [endsOf(shiftBetween(a, b.slice(0, 50))), endsOf(shiftBetween(a, b))];
  close(exact[0], near[0], 0.05);
  close(exact[1], near[1], 0.05);
});

Deno.test("shiftBetween: swapping the samples mirrors it", () => {
  const normal = normals(2);
  const [a, b] = [9, 14].map((n) => Array.from({ length: n }, normal));
  const [one, other] = [shiftBetween(a, b), shiftBetween(b, a)];
  close(one.shift, -other.shift);
  close(endsOf(one)[0], -endsOf(other)[1]);
});

Deno.test("shiftBetween: its intervals cover the truth as often as they say, also with outliers", () => {
  for (const outliers of [0, 0.1]) {
    for (const n of [6, 12, 20]) {
      let missed = 0;
      for (let seed = 0; seed < 2000; seed++) {
        const [normal, random] = [normals(3 * seed + 1), seededRandom(seed + 9)];
        const draw = () => normal() * (random() < outliers ? 5 : 1);
        const [low, high] = endsOf(shiftBetween(Array.from({ length: n }, draw), Array.from({ length: n }, draw)));
        if (low > 0 || high < 0) missed++;
      }
      assert(missed / 2000 > 0.02 && missed / 2000 < 0.06, `${n} values, ${outliers}: ${missed} of 2000`);
    }
  }
});

/** How often two sessions of `rounds` runs show what `difference` calls so, where the second takes `factor` times as long. */
function shown(word: string, factor: number, { noise, rounds }: { readonly noise: number; readonly rounds: number }) {
  let count = 0;
  for (let seed = 0; seed < 200; seed++) {
    const normal = normals(7 * seed + 3);
    const session = (scale: number) => Array.from({ length: rounds }, () => scale * Math.exp(noise * normal()));
    if (difference(ratioBetween(session(10), session(10 * factor)).interval) === word) count++;
  }
  return count / 200;
}

Deno.test("ratioBetween: two sessions of the same work differ in at most 2 of 100 cases, whatever the noise", () => {
  for (const noise of [0.005, 0.01, 0.02, 0.05, 0.1]) {
    for (const rounds of [6, 12, 20]) {
      const wrong = shown("faster", 1, { noise, rounds });
      assert(wrong <= 0.02, `noise ${noise}, ${rounds} rounds: ${wrong}`);
    }
  }
});

Deno.test("ratioBetween: 5 % more time is found in 95 of 100 cases with 20 rounds and a noise of 1 to 2 %", () => {
  for (const noise of [0.01, 0.015, 0.02]) {
    const found = shown("faster", 1.05, { noise, rounds: 20 });
    assert(found >= 0.95, `noise ${noise}: ${found}`);
  }
  assert(shown("same", 1, { noise: 0.01, rounds: 20 }) >= 0.95);
});

import { assert, assertEquals } from "@std/assert";
import { viewSuite } from "../../lib/bench/compared_modes.ts";
import { corners } from "../../lib/bench/corners.ts";
import { controlOf, entrantsOf } from "../../lib/bench/entrant.ts";
import { modeChanges } from "../../lib/bench/mode_changes.ts";
import type { ChangeVerdict } from "../../lib/model/grid.ts";
import { median } from "../../lib/stats/quantiles.ts";
import { seededRandom, shuffled } from "../../lib/stats/random.ts";
import { type NoiseKind, noiseKinds, noises } from "../stats/simulation/noise.ts";
import { reading } from "./suite_runs.ts";

const cells = [corners(2, 4)[0], corners(2, 4)[2]];
const now = entrantsOf("job", cells, undefined as never);
const old = entrantsOf("old job", cells, undefined as never);
const control = controlOf(now[0]);

/** What is simulated: many comparisons of two jobs, of which the new one takes so many times as long. */
interface Trial {
  readonly noise: NoiseKind;
  /** Of a run: 0.01 is 1 %. */
  readonly size: number;
  readonly times: number;
  readonly sessions: number;
  readonly inOrder?: boolean;
}

const rounds = 20;

/** How often each verdict is given of a mode, as a share. `inOrder`: a mutant that runs one job after the other. */
function simulate({ noise, size, times, sessions, inOrder = false }: Trial): Record<ChangeVerdict, number> {
  const random = seededRandom(11);
  const counts = { faster: 0, slower: 0, same: 0, unclear: 0 };
  const all = [...old, ...now, control];
  for (let session = 0; session < sessions; session++) {
    const run = noises[noise](size, rounds * all.length, random);
    const order = Array.from(
      { length: rounds },
      (_, i) => shuffled(all, random).map(({ id }) => ({ id, round: i + 1 })),
    );
    const runs = (inOrder ? all.flatMap(({ id }) => order.map((_, i) => ({ id, round: i + 1 }))) : order.flat())
      .map(({ id, round }) => {
        const ms = 100 * Math.exp(median(run())) * (old.some((entrant) => entrant.id === id) ? 1 : times);
        return { entrant: id, round, ...reading(ms, { load: { ...reading(ms).load, busyMs: 0, ownMs: 0 } }) };
      });
    const view = viewSuite(runs, { baseline: now[0].id, control: control.id }, { all: 2, needed: 2 });
    for (const { verdict } of modeChanges({ old, now, control: control.id, within: 1.02 }, view)) counts[verdict]++;
  }
  const share = (count: number) => count / (sessions * cells.length);
  const { faster, slower, same, unclear } = counts;
  return { faster: share(faster), slower: share(slower), same: share(same), unclear: share(unclear) };
}

for (const noise of noiseKinds) {
  for (const size of [0.01, 0.02]) {
    Deno.test(`simulation: a job against itself is not said to have changed: ${noise}, ${100 * size} % of a run`, () => {
      const { faster, slower } = simulate({ noise, size, times: 1, sessions: 300 });
      assert(faster + slower <= 0.025, `${faster} faster, ${slower} slower`);
    });
  }
}

Deno.test("simulation: 5 % slower is found in 95 % of comparisons with 1 to 2 % of noise in 20 rounds", () => {
  for (const size of [0.01, 0.015, 0.02]) {
    const { slower, faster } = simulate({ noise: "normal", size, times: 1.05, sessions: 400 });
    assert(slower >= 0.95, `${slower} at ${size}`);
    assertEquals(faster, 0);
  }
});

Deno.test("simulation: 5 % faster is found as often; a quiet machine shows that a job is the same", () => {
  const { faster } = simulate({ noise: "normal", size: 0.02, times: 1 / 1.05, sessions: 400 });
  assert(faster >= 0.95, `${faster}`);
  const { same } = simulate({ noise: "normal", size: 0.01, times: 1, sessions: 300 });
  assert(same >= 0.95, `${same}`);
});

Deno.test("simulation: one job after the other, on a machine that slows down: the control tells that nothing can be said", () => {
  const { unclear } = simulate({ noise: "drift", size: 0.01, times: 1, sessions: 50, inOrder: true });
  assert(unclear > 0.9, `${unclear}`);
});

import { assert, assertEquals } from "@std/assert";
import { autoTuner } from "../../../lib/exec/tuning/auto_tuner.ts";
import type { Bounds } from "../../../lib/exec/tuning/bounds.ts";
import { LatencyCeiling } from "../../../lib/exec/tuning/latency_ceiling.ts";
import type { SlotReading } from "../../../lib/exec/tuning/slot_reading.ts";
import type { Tuner } from "../../../lib/exec/tuning/tuner.ts";
import { spanWords } from "../../../lib/exec/wire/probed.ts";
import { type Aimed, aimed } from "./latency_worlds.ts";
import { type Decides, type Ran, run, type World } from "./world.ts";
import { failing } from "./worlds.ts";

const bounds: Bounds = { threads: [1, 2], tasks: [1, 512], places: 512 };

/** The share of late items that may take longer, and of the best speed that a run must reach. */
const [most, least] = [0.01, 0.85];

/** The share of late items that took longer than the target, and how many ended in a millisecond. */
function late(
  { ends, elapsedMs }: Ran,
  { targetMs, lateMs = 10_000 }: Aimed,
): { readonly over: number; readonly speed: number } {
  const late = ends.filter(({ at }) => at > lateMs);
  const over = late.filter(({ ms }) => ms > targetMs).length;
  return { over: over / Math.max(1, late.length), speed: late.length / (elapsedMs - lateMs) };
}

function tunerFor(targetMs: number): Tuner {
  return autoTuner(bounds, new LatencyCeiling(targetMs, bounds.threads[1]));
}

/** The speed of the widest fixed width that holds the target; of two that are as wide, of the quicker one. */
function bestSpeed(aim: Aimed): number {
  let widest = { places: 0, speed: 0 };
  for (const threads of [1, 2]) {
    for (let tasks = 1; tasks * threads <= 512; tasks = Math.ceil(1.25 * tasks)) {
      const { over, speed } = late(run(aim.world, { width: { threads, tasks } }), aim);
      const places = threads * tasks;
      const isWider = places > widest.places || places === widest.places && speed > widest.speed;
      if (over <= most && isWider) widest = { places, speed };
    }
  }
  return widest.speed;
}

const bests = new Map<Aimed, number>();

/** What a run makes of a world: its share of late items that took too long, and of the best speed. */
function outcome(aim: Aimed, decides: Decides = tunerFor(aim.targetMs)) {
  const best = bests.get(aim) ?? bestSpeed(aim);
  bests.set(aim, best);
  const ran = run(aim.world, decides);
  const { over, speed } = late(ran, aim);
  return { over, speed: speed / best, ran };
}

for (const [name, aim] of Object.entries(aimed)) {
  Deno.test(`target: ${name}: at most ${most} of late items take longer, at ${least} of the best speed`, () => {
    const { over, speed, ran } = outcome(aim);
    const widths = ran.widths.slice(-6).map(({ threads, tasks, from }) => `${Math.round(from)}: ${threads}x${tasks}`);
    assert(over <= most, `${over.toFixed(4)} of them; ${widths}`);
    assert(speed >= least, `${speed.toFixed(3)} of the speed; ${widths}`);
  });
}

Deno.test("target: failures count against the width as without one, also where the target allows more", () => {
  const { world, best, ...bounds } = failing["rejects at once above 20"];
  const fixed = run(world, { width: { threads: 1, tasks: best } });
  const { ok, elapsedMs, lateFailed, lateEnded } = run(world, tunerFor(500));
  const speed = ok / elapsedMs / (fixed.ok / fixed.elapsedMs);
  assert(speed >= bounds.least - 0.05 && lateFailed / lateEnded <= bounds.most, `${speed} ${lateFailed / lateEnded}`);
});

Deno.test("target: where one item at a time takes too long, the run is as narrow as it can be, and its tuner says so", () => {
  const world: World = { cores: 2, items: 100, item: () => ({ computeMs: 0, waitMs: 300 }) };
  const latency = new LatencyCeiling(200, 2);
  const { widths } = run(world, autoTuner(bounds, latency));
  assertEquals([widths.at(-1)?.threads, widths.at(-1)?.tasks], [1, 1]);
  assert(Math.abs((latency.found.missedMs ?? 0) / 300 - 1) < 0.02, `${latency.found.missedMs}`);
});

Deno.test("target: the width does not swing: for 95 % of the time it is the one that was found, or a tenth beside it", () => {
  const { ran: { widths, elapsedMs } } = outcome(aimed["a queue beyond 50 at once, with noise"]);
  const spans = widths.map(({ threads, tasks, from }, i) => ({
    places: threads * tasks,
    ms: Math.max(0, (widths[i + 1]?.from ?? elapsedMs) - Math.max(10_000, from)),
  }));
  const found = spans.reduce((longest, span) => span.ms > longest.ms ? span : longest);
  const near = spans.filter(({ places }) => Math.abs(places / found.places - 1) <= 0.1);
  const share = near.reduce((sum, { ms }) => sum + ms, 0) / (elapsedMs - 10_000);
  assert(share >= 0.95, `${share} ${JSON.stringify(spans)}`);
});

/** Tuners with a fault. Each must break a bound, or the worlds would not notice such a fault. */
const faults: Readonly<Record<string, (aim: Aimed) => Decides>> = {
  "item times are lost": altered((reading) => ({ ...reading, spans: undefined })),
  "items seem to take half the time": withTimes((ms) => ms / 2),
  "items seem to take longer": withTimes((ms) => 1.5 * ms),
  "full slots are not seen": altered((reading) => ({ ...reading, full: false })),
  "the target is not kept": () => following(autoTuner(bounds)),
  "the mean counts": withTimes((_, all) => all.reduce((a, b) => a + b, 0) / all.length),
};

/** Items seem to take other times, and to have begun when they did. */
function withTimes(change: (ms: number, all: readonly number[]) => number): (aim: Aimed) => Decides {
  return altered((reading) => {
    const { spans = [] } = reading;
    const all = spans.filter((_, i) => i % spanWords === 2);
    return { ...reading, spans: spans.map((word, i) => i % spanWords === 2 ? change(word, all) : word) };
  });
}

function altered(change: (reading: SlotReading) => SlotReading): (aim: Aimed) => Decides {
  return ({ targetMs }) => {
    const tuner = tunerFor(targetMs);
    return { ...following(tuner), observe: (reading, now) => tuner.observe(change(reading), now) };
  };
}

function following(tuner: Tuner): Decides {
  return {
    width: tuner.width,
    yields: tuner.yields,
    observe: (reading, now) => tuner.observe(reading, now),
    tick: (now) => tuner.tick(now),
  };
}

for (const [fault, plant] of Object.entries(faults)) {
  Deno.test(`target: a world notices that ${fault}`, () => {
    const isNoticed = Object.values(aimed).some((aim) => {
      const { over, speed } = outcome(aim, plant(aim));
      return over > most || speed < least;
    });
    assert(isNoticed);
  });
}

import { assertEquals } from "@std/assert";
import { systemClock } from "../../lib/clock.ts";
import type { Limit, ScaleRung, StopName } from "../../lib/model/scale.ts";
import type { ThreadClimb } from "../../lib/scale/climb_threads.ts";
import { measureScale, rungsOfClimb, type ScaleContext, type WantedScale } from "../../lib/scale/measure_scale.ts";
import { virtualClock } from "../virtual_clock.ts";
import { rungOf } from "./rungs.ts";

const limits: readonly Limit[] = [
  { name: "memory", value: 24e9, used: 4e9 },
  { name: "heap", value: 4e9, used: 0 },
  { name: "map-count", value: 65_000, used: 1000 },
];

const use = (alive: number) => ({
  rssBytes: alive * 8e6,
  virtualBytes: alive * 8e8,
  threads: alive,
  maps: alive * 32,
  files: 0,
});

const climbed: ThreadClimb = {
  points: [1, 10, 100, 140].map((alive) => ({ alive, use: use(alive), startMs: alive * 12 })),
  reached: 140,
  startsMs: [],
  end: { threads: 140, endMs: 900, keptBytes: 4e8 },
  limits,
  stoppedBy: "max-memory",
  limit: 11e8,
  said: "",
};

/** Measures on a machine that is made up: a promise takes 400 bytes; timers are killed from `killed` on. */
async function measured(wanted: Partial<WantedScale>, context: Partial<ScaleContext> = {}, killed = Infinity) {
  const steps: string[] = [];
  const result = await measureScale({
    kinds: ["promise", "timer", "thread"],
    upTo: 1e6,
    maxBytes: null,
    maxMs: 6e4,
    ...wanted,
  }, {
    clock: systemClock,
    onStep: (step, _, alive) =>
      void steps.push(step.kind === "thread" ? `threads ${alive}` : `${step.alive} ${step.kind}`),
    park: ({ kind, alive }) => {
      const stoppedBy: StopName | null = kind === "timer" && alive >= killed ? "killed" : null;
      const totalBytes = stoppedBy === null ? alive * 400 + 1e6 : null;
      return Promise.resolve({ rung: rungOf({ kind, alive, totalBytes, stoppedBy }), limits });
    },
    climb: async (_, { onAlive } = {}) => {
      await onAlive?.(140);
      return climbed;
    },
    ...context,
  });
  return { steps, ...result };
}

const word = ({ alive, kind, stoppedBy }: ScaleRung) => `${alive} ${kind}${stoppedBy === null ? "" : ` ${stoppedBy}`}`;

Deno.test("scale: rungs by number, what one costs, how far it would go", async () => {
  const { rungs, fits, forecast, threadsEnd, steps } = await measured({ upTo: 1e5, kinds: ["promise", "thread"] });
  assertEquals(rungs.map(word), [
    "1 thread",
    "10 thread",
    "100 promise",
    "100 thread",
    "140 thread",
    "1000 promise",
    "1000 thread max-memory",
    "10000 promise",
    "100000 promise",
  ]);
  assertEquals(steps, ["100 promise", "1000 promise", "10000 promise", "threads 0", "threads 140", "100000 promise"]);
  assertEquals(fits.map(({ kind, bytesEach }) => [kind, Math.round(bytesEach)]), [["promise", 400], ["thread", 8e6]]);
  assertEquals(
    forecast.map(({ kind, limit, alive }) => [kind, limit, alive]),
    [["promise", "heap", 1e7], ["promise", "memory", 5e7], ["thread", "map-count", 2000], ["thread", "memory", 2500]],
  );
  assertEquals(threadsEnd, climbed.end);
});

Deno.test("scale: a kind that was stopped is not tried higher, others are", async () => {
  const { rungs } = await measured({ kinds: ["promise", "timer"] }, {}, 1e4);
  assertEquals(rungs.filter(({ kind }) => kind === "timer").map(word), [
    "100 timer",
    "1000 timer",
    "10000 timer killed",
  ]);
  assertEquals(rungs.filter(({ kind }) => kind === "promise").length, 5);
});

Deno.test("scale: what finds no time left is a rung that says so", async () => {
  const clock = virtualClock();
  const park: ScaleContext["park"] = async ({ kind, alive }) => {
    await clock.wait(25_000).done;
    return { rung: rungOf({ kind, alive, totalBytes: alive }), limits };
  };
  const { rungs } = await measured({ kinds: ["promise"] }, { clock, park });
  assertEquals(rungs.map(word), ["100 promise", "1000 promise", "10000 promise", "100000 promise max-time"]);
});

Deno.test("scale: stopped, it keeps what has been measured", async () => {
  const stop = new AbortController();
  const park: ScaleContext["park"] = ({ kind, alive }) => {
    if (alive === 1000) stop.abort();
    return Promise.resolve({ rung: rungOf({ kind, alive, totalBytes: alive }), limits });
  };
  assertEquals((await measured({ kinds: ["promise"] }, { signal: stop.signal, park })).rungs.map(word), [
    "100 promise",
    "1000 promise",
  ]);
});

Deno.test("scale: a climb that reached the highest rung has no other; its end belongs to the last", () => {
  const rungs = rungsOfClimb({ ...climbed, stoppedBy: null, limit: null }, 140);
  assertEquals(rungs.map(word), ["1 thread", "10 thread", "100 thread", "140 thread"]);
  assertEquals(rungs.map(({ endMs }) => endMs), [null, null, null, 900]);
});

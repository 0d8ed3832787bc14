import { nextTurn, systemClock } from "../clock.ts";
import type { TaskKind } from "../model/scale.ts";
import { openCaps } from "./caps.ts";
import { Census, type MakeParking } from "./parking.ts";
import { readLimits } from "./read_limits.ts";
import { readUse } from "./read_use.ts";
import type { ParkInput, ParkReport } from "./wire.ts";

/** Makes the parking of each kind; loaded when it is used, so that no other takes memory. */
export type Kinds = Readonly<Record<TaskKind, () => Promise<MakeParking>>>;

/** The kinds of task. */
export const kinds: Kinds = {
  generator: async () => (await import("./kinds/generator.ts")).parkGenerators,
  promise: async () => (await import("./kinds/promise.ts")).parkOnPromise,
  wheel: async () => (await import("./kinds/wheel.ts")).parkOnWheel,
  timer: async () => (await import("./kinds/timer.ts")).parkOnTimers,
  delay: async () => (await import("./kinds/delay.ts")).parkOnDelay,
  fetch: async () => (await import("./kinds/fetch.ts")).parkOnFetch,
};

/** Tasks that are started before the caps are looked at, and the parent is told. */
const batch = 10_000;

/** Tasks of the warm-up: enough that the heap has room for the code of their kind. */
const warmUpTasks = 100;

/**
 * One rung: starts so many tasks, sees that they all wait, and reads how much resident memory they have added; then ends
 * them. Runs in a child, whose memory is then theirs.
 */
export async function park(
  { kind, alive, port, ...bounds }: ParkInput,
  report: (report: ParkReport) => Promise<void>,
  table: Kinds = kinds,
): Promise<void> {
  const make = await table[kind]();
  const limits = await readLimits(readUse());
  await report({ kind: "limits", limits });
  await warmUp(make, port);
  const beforeBytes = readRss();
  const caps = openCaps(bounds, limits, systemClock.now(), () => Deno.systemMemoryInfo().available);
  const census = new Census();
  const parking = make(alive, census, port);
  let startMs = 0;
  while (census.started < alive) {
    const end = Math.min(alive, census.started + batch);
    const fromMs = systemClock.now();
    while (census.started < end) parking.start();
    await nextTurn();
    startMs += systemClock.now() - fromMs;
    const takenBytes = readRss() - beforeBytes;
    await report({ kind: "alive", alive: census.started - census.ended, takenBytes });
    const stop = caps.reached(takenBytes, systemClock.now());
    if (stop !== undefined && census.started < alive) return await report({ kind: "stopped", stop });
  }
  const fromMs = systemClock.now();
  await parking.parked?.();
  startMs += systemClock.now() - fromMs;
  const totalBytes = readRss() - beforeBytes;
  if (census.ended > 0) throw new Error(`${census.ended} of ${alive} did not wait`);
  await report({ kind: "parked", totalBytes, startMs });
  const endFromMs = systemClock.now();
  await parking.end();
  const endMs = systemClock.now() - endFromMs;
  if (census.ended !== alive) throw new Error(`${alive - census.ended} of ${alive} did not end`);
  await report({ kind: "ended", endMs });
}

/**
 * Starts and ends some tasks, so that code, timers and the like are loaded; and makes garbage, so that the young generation of
 * the heap has got its pages. Otherwise the first thousand tasks would seem to take ten times what they do.
 */
async function warmUp(make: MakeParking, port: number): Promise<void> {
  const census = new Census();
  const parking = make(warmUpTasks, census, port);
  for (let i = 0; i < warmUpTasks; i++) parking.start();
  await parking.parked?.();
  await parking.end();
  const kept: unknown[] = new Array(64).fill(undefined);
  for (let i = 0; i < 40_000; i++) kept[i % kept.length] = new Array(12).fill(i);
  await nextTurn();
}

function readRss(): number {
  return Deno.memoryUsage().rss;
}

import { nextTurn, systemClock } from "../clock.ts";
import { entryPoint } from "../entry_points.ts";
import { openCaps } from "./caps.ts";
import { addedUse, countWorkers, readUse } from "./read_use.ts";
import { readLimits } from "./read_limits.ts";
import type { ClimbInput, ClimbReport } from "./wire.ts";

/** How long the end of all threads is waited for, in milliseconds. */
const maxEndMs = 15_000;

/** How often it is looked whether they have ended, in milliseconds. */
const endPeriodMs = 20;

/** So many threads can be the runtime's own. */
const fewThreads = 32;

/** How a thread is started: resolves when it has replied. */
export type StartThread = () => Promise<{ terminate(): void }>;

/**
 * Starts threads, one after the other, until all are there or a cap is reached, and then ends them. Runs in a child, because
 * the kernel may kill it, and because threads leave memory behind.
 */
export async function climb(
  { upTo, ...bounds }: ClimbInput,
  report: (report: ClimbReport) => Promise<void>,
  start: StartThread = startParked,
): Promise<void> {
  const before = readUse();
  const limits = await readLimits(before);
  await report({ kind: "limits", limits });
  const caps = openCaps(bounds, limits, systemClock.now(), () => Deno.systemMemoryInfo().available);
  const threads: { terminate(): void }[] = [];
  let stop;
  while (threads.length < upTo && stop === undefined) {
    const fromMs = systemClock.now();
    threads.push(await start());
    const startMs = systemClock.now() - fromMs;
    const rssBytes = Deno.memoryUsage().rss - before.rssBytes;
    await report({ kind: "alive", startMs, rssBytes });
    stop = caps.reached(rssBytes * (1 + 1 / threads.length), systemClock.now()); // with the next one
    const isLast = threads.length === upTo || stop !== undefined;
    if (isLast || isMark(threads.length)) {
      await report({ kind: "point", alive: threads.length, use: addedUse(readUse(), before) });
    }
  }
  await report({ kind: "stopped", stop: threads.length === upTo ? null : stop ?? null });
  const endMs = await endAll(threads);
  const keptBytes = endMs === null ? null : Deno.memoryUsage().rss - before.rssBytes;
  await report({ kind: "ended", endMs, keptBytes });
}

/** 1, 2, 3, 5, 7, 10, 15, 20, 30 and so on: where all that the process uses is read. */
function isMark(count: number): boolean {
  const power = 10 ** Math.floor(Math.log10(count));
  return [1, 1.5, 2, 3, 5, 7].includes(count / power);
}

/** Starts a thread that waits for messages. Rejects if it cannot be started. */
async function startParked(): Promise<{ terminate(): void }> {
  const worker = new Worker(entryPoint("parked"), { type: "module" });
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  worker.onmessage = () => resolve();
  worker.onerror = (event) => {
    event.preventDefault();
    reject(new Error(event.message));
  };
  worker.postMessage(null);
  await promise;
  return worker;
}

/**
 * Ends all threads. Returns how long the system took, in milliseconds; null if it does not tell, or took longer than is waited.
 */
async function endAll(threads: readonly { terminate(): void }[]): Promise<number | null> {
  const isTold = (countWorkers() ?? 0) >= threads.length;
  const fromMs = systemClock.now();
  for (const thread of threads) thread.terminate();
  if (!isTold) await nextTurn();
  while (isTold && systemClock.now() - fromMs < maxEndMs) {
    if (countWorkers(fewThreads) === 0) return systemClock.now() - fromMs;
    await systemClock.wait(endPeriodMs).done;
  }
  return null;
}

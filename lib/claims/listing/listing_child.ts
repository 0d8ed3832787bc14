import type { ChildMeasurement } from "../../child/child_main.ts";
import { runChild } from "../../child/run_child.ts";
import { systemClock } from "../../clock.ts";
import type { Printed, Side } from "./found.ts";
import { listedProducers, runListing } from "./listing_run.ts";

/** What a child is to run, and when: at a time of `Date.now()`, but within that many milliseconds, as that clock may be set. */
interface ListingTask {
  readonly side: Side;
  readonly startAt: number;
  readonly withinMs: number;
}

/** One child starts within this time, on one core, in milliseconds. */
const startMs = 50;

/** The child's side: it runs the listing on the system's clock, and reports what it has printed. */
export const listingMeasurement: ChildMeasurement = async (input, report) => {
  const { side, startAt, withinMs } = input as ListingTask;
  const intervals = await listedProducers[side](systemClock);
  await systemClock.wait(Math.min(startAt - Date.now(), withinMs)).done;
  await report(await runListing(intervals, systemClock));
};

/**
 * Runs the listing in a process of its own for each of `sides`, all at the same time, on the system's clock. In one process they
 * would change what is measured: a thread's messages wake the event loop, and so a task's timer of 1 ms takes 1.1 ms beside a
 * thread, and 2.2 ms alone (Deno 2.9.6, 2026-11-26).
 */
export async function runInChildren(sides: readonly Side[], signal: AbortSignal): Promise<Printed[]> {
  const failed = new AbortController();
  const stop = AbortSignal.any([signal, failed.signal]);
  const withinMs = startMs * sides.length;
  const startAt = Date.now() + withinMs;
  const runs = sides.map((side) =>
    runOne({ side, startAt, withinMs }, stop).catch((error) => (failed.abort(error), Promise.reject(error)))
  );
  await Promise.allSettled(runs);
  stop.throwIfAborted();
  return await Promise.all(runs);
}

async function runOne(task: ListingTask, signal: AbortSignal): Promise<Printed> {
  let printed: Printed | undefined;
  const onReport = (report: Printed) => (printed = report, "enough" as const);
  const end = await runChild<Printed>("listing", task, { signal, onReport });
  signal.throwIfAborted();
  if (printed !== undefined) return printed;
  const said = "said" in end ? end.said : "";
  throw new Error(`a child process that ran the listing ended early (${end.kind}): ${said}`);
}

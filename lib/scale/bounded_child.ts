import { type ChildEnd, type ChildOptions, runChild } from "../child/run_child.ts";
import { systemClock } from "../clock.ts";
import type { Bounds } from "./wire.ts";

/** What is added to the time that a child may start things for: it has to end them, too. In milliseconds. */
const endMs = 20_000;

/** How the child of a ladder is run. */
export type LadderOptions = Pick<ChildOptions<never>, "signal" | "prefix" | "start">;

/** Runs a child that is killed if it takes much longer than it may. Its end is then `stopped`. */
export async function runBounded<R>(
  name: string,
  input: Bounds,
  options: ChildOptions<R>,
): Promise<ChildEnd> {
  const late = new AbortController();
  const wait = systemClock.wait(input.maxMs + endMs);
  wait.done.then(() => late.abort());
  const signal = AbortSignal.any([late.signal, ...options.signal === undefined ? [] : [options.signal]]);
  try {
    return await runChild<R>(name, input, { ...options, signal });
  } finally {
    wait.cancel();
  }
}

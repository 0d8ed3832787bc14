import { type ScaleKind, scaleKinds, type ScaleStep } from "../model/scale.ts";

/** The lowest rung. */
const lowest = 100;

/** The highest rung of tasks that each take a socket, here and in the server. */
const highestFetch = 10_000;

/** The threads climb after the rungs up to this one, which take a moment. */
const quick = 10_000;

/** The rungs of a ladder: powers of ten from 100 on, and `upTo`. */
export function rungsUpTo(upTo: number): number[] {
  const rungs = [];
  for (let alive = lowest; alive < upTo; alive *= 10) rungs.push(alive);
  return [...rungs, upTo];
}

/** All steps for these kinds, in the order in which they are measured: what takes longer comes later. */
export function planSteps(kinds: readonly ScaleKind[], upTo: number): ScaleStep[] {
  const wanted = scaleKinds.filter((kind) => kinds.includes(kind));
  const steps = rungsUpTo(upTo).flatMap((alive) =>
    wanted.flatMap((kind) => kind === "thread" || kind === "fetch" && alive > highestFetch ? [] : [{ kind, alive }])
  );
  if (!wanted.includes("thread")) return steps;
  const at = steps.findLastIndex(({ alive }) => alive <= quick) + 1;
  return [...steps.slice(0, at), { kind: "thread", upTo }, ...steps.slice(at)];
}

import type { ComparedMode, Phases } from "../model/comparison.ts";
import type { Change } from "../model/reason.ts";

/** The recommended cell, and what it is compared with. */
export interface ChangesInput {
  readonly chosen: ComparedMode;
  readonly serial: ComparedMode;
  readonly phases: Phases;
}

/** A timer lag above this is worth mentioning, in milliseconds. */
const longLagMs = 50;

/** Sending is worth mentioning above this share of the time that an item works. */
const muchSending = 0.2;

/** Work shorter than this, in milliseconds, takes about as long as our own cost of an item. */
export const tinyMs = 0.002;

/** What would change the advice. */
export function changesOf(input: ChangesInput): Change[] {
  return [...fewItems(input), ...muchSent(input.phases), ...longLag(input.chosen)];
}

/** More threads take longer to start. How many items make up for that? */
function fewItems({ chosen, serial }: ChangesInput): Change[] {
  const longerMs = chosen.startMs - serial.startMs;
  const savedMs = 1000 / serial.itemsPerSecond - 1000 / chosen.itemsPerSecond;
  if (chosen.threads === 1 || savedMs <= 0 || longerMs <= 0) return [];
  return [{ kind: "start-up", items: Math.ceil(longerMs / savedMs), longerMs }];
}

function muchSent({ computingMs, blockingMs, waitingMs, transferMs }: Phases): Change[] {
  if (computingMs === null || blockingMs === null || waitingMs === null) return [];
  const workMs = computingMs + blockingMs + waitingMs;
  if (transferMs < muchSending * workMs || workMs === 0) return [];
  return [{ kind: workMs < tinyMs ? "own-cost" : "sending", share: transferMs / (transferMs + workMs) }];
}

function longLag({ tasks, lagP99Ms }: ComparedMode): Change[] {
  return lagP99Ms === null || lagP99Ms < longLagMs || tasks === 1 ? [] : [{ kind: "lag", lagP99Ms }];
}

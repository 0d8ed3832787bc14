import type { Phases } from "../model/comparison.ts";
import { formatDuration } from "../report/units.ts";
import { plural } from "../report/words.ts";
import type { RatedCell } from "./rated_cell.ts";

/** The recommended cell, and what it is compared with. */
export interface ChangesInput {
  readonly chosen: RatedCell;
  readonly serial: RatedCell;
  readonly phases: Phases;
}

/** A timer lag above this is worth mentioning, in milliseconds. */
const longLagMs = 50;

/** What would change the advice, as sentences without a full stop. */
export function changesOf(input: ChangesInput): string[] {
  return [...fewItems(input), ...muchSent(input.phases), ...longLag(input)];
}

/** More threads take longer to start. How many items make up for that? */
function fewItems({ chosen, serial }: ChangesInput): string[] {
  const longerMs = chosen.startMs - serial.startMs;
  const savedMs = 1000 / serial.itemsPerSecond - 1000 / chosen.itemsPerSecond;
  if (chosen.cell.threads === 1 || savedMs <= 0 || longerMs <= 0) return [];
  const items = plural(Math.ceil(longerMs / savedMs), "item");
  return [`It pays from ${items} on: its threads take ${formatDuration(longerMs)} more to start`];
}

function muchSent({ computingMs, blockingMs, waitingMs, transferMs }: Phases): string[] {
  const workMs = (computingMs ?? 0) + (blockingMs ?? 0) + (waitingMs ?? 0);
  if (computingMs === null || transferMs < 0.2 * workMs || workMs === 0) return [];
  return workMs < 0.002
    ? [`Our own cost is ${share(transferMs, workMs)} of an item's time: put more work into each item`]
    : [`Sending takes ${share(transferMs, workMs)} of an item's time: send a path or a number instead of the data`];
}

function longLag({ chosen: { cell: { tasks }, lagP99Ms } }: ChangesInput): string[] {
  if (lagP99Ms === null || lagP99Ms < longLagMs || tasks === 1) return [];
  return [`A timer in its threads can be ${formatDuration(lagP99Ms)} late (p99): where that matters, run fewer tasks`];
}

function share(part: number, rest: number): string {
  return `${Math.round(100 * part / (part + rest))} %`;
}

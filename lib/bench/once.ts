import type { Cell } from "../model/grid.ts";
import {
  type Amount,
  type AmountWanted,
  itemsThatFit,
  minItems,
  minRounds,
  warmupItems,
  withControl,
} from "./amount.ts";
import type { Calibration } from "./calibrate.ts";

/** The calibration takes this share of the items, as the rounds need the others; but some, so that it runs a few batches. */
const calibrationShare = 0.05;
const minCalibration = 7;

/** How many of so many items the calibration may run. */
export function itemsToCalibrate(items: number): number {
  return Math.min(items, Math.max(minCalibration, Math.ceil(calibrationShare * items)));
}

/** How many items `rounds` rounds take if each run has `perRun` items of its own, and others to warm up. */
export function itemsTaken(cells: readonly Cell[], rounds: number, perRun: number, calibration: Calibration): number {
  return rounds * withControl(cells).reduce((sum, cell) => sum + perRun + warmupItems(cell, calibration, perRun), 0);
}

/**
 * Chooses an amount that fits time and items if no item may run twice. Rounds are reduced, down to 6, until each run has at
 * least 8 items per thread; then items are reduced, down to 2 per thread. Undefined if there are too few items for that.
 */
export function chooseOnce(wanted: AmountWanted, calibration: Calibration): Amount | undefined {
  const { items, rounds, warmupRounds, cells } = wanted;
  const left = items - calibration.items;
  const perRun = (count: number) => {
    const fits = Math.min(left, itemsThatFit(wanted, calibration, count));
    return largest(fits, (perRun) => itemsTaken(cells, count + warmupRounds, perRun, calibration) <= left);
  };
  const enough = 8 * Math.max(...cells.map(({ threads }) => threads));
  for (let count = rounds; count > minRounds; count--) {
    const found = perRun(count);
    if (found >= enough) return { items: found, passes: 1, rounds: count };
  }
  const count = Math.min(rounds, minRounds);
  const min = minItems(cells);
  if (itemsTaken(cells, count + warmupRounds, min, calibration) > left) return undefined;
  return { items: Math.max(perRun(count), min), passes: 1, rounds: count };
}

/**
 * The largest whole number from 0 to `max` for which `holds` is true; 0 if there is none. If `holds` is true for a number, it
 * must be true for all numbers below.
 */
function largest(max: number, holds: (value: number) => boolean): number {
  let [low, high] = [0, max];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (holds(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}

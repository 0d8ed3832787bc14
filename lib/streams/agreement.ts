import type { Shown } from "./listing_17_41.ts";

/** Whether two runs gave the same items. With a real clock only part of their order is fixed. */
export interface Agreement {
  readonly agree: boolean;
  /** Whether the two sources are interleaved in the same way too. */
  readonly sameOrder: boolean;
  /** The first difference, as a sentence's end; empty if there is none. */
  readonly difference: string;
}

/**
 * Compares two runs source by source: messages with their timeouts, and intervals, each in its own order. Items of different
 * sources in the same millisecond (c and #2, a timeout and #4, j and #5) can come in either order.
 */
export function compareItems(left: readonly Shown[], right: readonly Shown[]): Agreement {
  const difference = firstItemDifference(fromMessages(left), fromMessages(right)) ??
    firstItemDifference(fromIntervals(left), fromIntervals(right));
  const sameOrder = firstItemDifference(left, right) === undefined;
  return { agree: difference === undefined, sameOrder, difference: difference ?? "" };
}

function fromMessages(items: readonly Shown[]): readonly Shown[] {
  return items.filter(({ kind }) => kind !== "interval");
}

function fromIntervals(items: readonly Shown[]): readonly Shown[] {
  return items.filter(({ kind }) => kind === "interval");
}

function firstItemDifference(left: readonly Shown[], right: readonly Shown[]): string | undefined {
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    if (left[i]?.text !== right[i]?.text) {
      return `"${left[i]?.text ?? "nothing"}" versus "${right[i]?.text ?? "nothing"}"`;
    }
  }
}

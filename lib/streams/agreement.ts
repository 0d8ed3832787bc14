import type { Shown } from "./listing_17_41.ts";

/** Whether two runs gave the same items, as the partial order that a real clock leaves. */
export interface Agreement {
  readonly agree: boolean;
  /** Also the interleaving of the two sources is the same. */
  readonly sameOrder: boolean;
  /** The first difference, as a sentence's end; empty if there is none. */
  readonly difference: string;
}

/**
 * Compares two runs source by source: messages with their timeouts, and intervals, each in their own order. Items of
 * different sources that fall into the same millisecond (c and #2, a timeout and #4, j and #5) may come in either order.
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
      return `"${left[i]?.text ?? "nothing"}" against "${right[i]?.text ?? "nothing"}"`;
    }
  }
}

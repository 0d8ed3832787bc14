import { resolutionBytes, type ScaleFit, type ScaleRung } from "../model/scale.ts";
import { theilSen } from "../stats/theil_sen.ts";

/** Rungs below this part of the highest one do not count: there a page of memory counts more than a task. */
const countedPart = 0.01;

/** What one costs: the slope of a line through the rungs of each kind that has two that count. */
export function fitCosts(rungs: readonly ScaleRung[]): ScaleFit[] {
  const kinds = [...new Set(rungs.map(({ kind }) => kind))];
  return kinds.flatMap((kind) => {
    const points = rungs.flatMap((rung) =>
      rung.kind === kind && isTold(rung.totalBytes) ? [{ x: rung.alive, y: rung.totalBytes }] : []
    );
    const highest = Math.max(...points.map(({ x }) => x));
    const counted = points.filter(({ x }) => x >= highest * countedPart);
    const line = theilSen(counted);
    return line === undefined ? [] : [{ kind, bytesEach: line.slope, r2: line.r2, rungs: counted.length }];
  });
}

/** Whether memory is more than the pages that the heap takes or has free anyway. */
function isTold(bytes: number | null): bytes is number {
  return bytes !== null && bytes >= resolutionBytes;
}

import { resolutionBytes, type ScaleFit, scaleKinds, type ScaleRung } from "../model/scale.ts";
import { theilSen } from "../stats/theil_sen.ts";

/** Rungs below this part of the highest one do not count: there a page of memory counts more than a task. */
const countedPart = 0.01;

/**
 * What one costs: the slope of a line through the rungs of each kind. A kind is left out if it has fewer than two rungs that
 * count, or if the highest one takes no more than the pages that a heap takes or has free anyway.
 */
export function fitCosts(rungs: readonly ScaleRung[]): ScaleFit[] {
  return scaleKinds.flatMap((kind) => {
    const points = rungs.flatMap((rung) =>
      rung.kind === kind && rung.totalBytes !== null ? [{ x: rung.alive, y: rung.totalBytes }] : []
    );
    const highest = points.toSorted((a, b) => b.x - a.x).at(0);
    if (highest === undefined || highest.y < resolutionBytes) return [];
    const counted = points.filter(({ x }) => x >= highest.x * countedPart);
    const line = theilSen(counted);
    return line === undefined ? [] : [{ kind, bytesEach: line.slope, r2: line.r2, rungs: counted.length }];
  });
}

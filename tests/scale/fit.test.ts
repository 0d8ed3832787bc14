import { assertAlmostEquals, assertEquals } from "@std/assert";
import type { ScaleRung } from "../../lib/model/scale.ts";
import { fitCosts } from "../../lib/scale/fit.ts";
import { rungOf } from "./rungs.ts";

const mib = 2 ** 20;

Deno.test("fit: the slope over the rungs of at least 1 % of the highest, whatever the lower ones took", () => {
  const promises = [[100, 40 * mib], [1e4, 5e6], [1e5, 41e6], [1e6, 401e6]];
  const threads = [[1, 15 * mib], [10, 87 * mib], [100, 807 * mib]];
  const rungs: ScaleRung[] = [
    ...promises.map(([alive, totalBytes]) => rungOf({ kind: "promise", alive, totalBytes })),
    ...threads.map(([alive, totalBytes]) => rungOf({ kind: "thread", alive, totalBytes })),
    rungOf({ kind: "thread", alive: 1000, stoppedBy: "max-memory" }),
  ];
  const [promise, thread, ...more] = fitCosts(rungs);
  assertEquals(more, []);
  assertEquals([promise.kind, promise.rungs, thread.kind, thread.bytesEach], ["promise", 3, "thread", 8 * mib]);
  assertAlmostEquals(promise.bytesEach, 400, 1e-9);
  for (const { r2 } of [promise, thread]) assertAlmostEquals(r2, 1, 1e-9);
});

Deno.test("fit: no cost of kinds whose memory is below what pages tell, or that have one rung", () => {
  assertEquals(
    fitCosts([
      rungOf({ kind: "generator", alive: 100, totalBytes: 1e5 }),
      rungOf({ kind: "generator", alive: 1000, totalBytes: 2e5 }),
      rungOf({ kind: "timer", alive: 1e4, totalBytes: 24e6 }),
    ]),
    [],
  );
});

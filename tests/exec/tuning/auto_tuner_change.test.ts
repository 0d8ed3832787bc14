import { assert } from "@std/assert";
import { autoTuner } from "../../../lib/exec/tuning/auto_tuner.ts";
import { run } from "./world.ts";

Deno.test("auto: whenever items that wait become items that compute, the run gets its second thread", () => {
  for (let waiting = 17_000; waiting < 18_000; waiting += 100) { // a generation of 512, and where in it they change
    const item = (index: number) => index < waiting ? { computeMs: 0, waitMs: 50 } : { computeMs: 1 };
    const world = { cores: 2, items: waiting + 3_000, item };
    const { elapsedMs, widths } = run(world, autoTuner({ threads: [1, 2], tasks: [1, 512], places: 512 }));
    const best = run(world, { width: { threads: 2, tasks: 256 } }).elapsedMs;
    assert(elapsedMs <= 1.2 * best, `${waiting}: ${elapsedMs / best} times, ${JSON.stringify(widths)}`);
  }
});

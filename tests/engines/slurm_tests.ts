import { assert, assertEquals } from "@std/assert";
import { inFolder } from "../cli/in_folder.ts";
import { startGate } from "./gate.ts";
import { testEngine } from "./programs_here.ts";
import { failingShard, oneMachine, progressOf } from "./sharded_run.ts";
import { slurmPackages } from "./slurm_cluster.ts";
import { blows, runArray } from "./slurm_run.ts";

for (const what of ["its node dies", "its time limit is near"] as const) {
  testEngine(
    `Slurm: a shard goes on after ${what}, and gather gives what one machine writes`,
    slurmPackages,
    () =>
      inFolder({}, async (folder) => {
        await using gate = startGate();
        const { tasks, hit, gather, output } = await runArray(folder, gate, blows[what]);
        for (const { index, state, node, restarts } of tasks) {
          assertEquals([index, state], [index, index === failingShard ? "FAILED" : "COMPLETED"]);
          if (what === "its node dies") {
            assertEquals([index, node, restarts], [index, "n2", hit.includes(index) ? 1 : 0]);
          }
          const { begun } = progressOf(folder, index);
          if (hit.includes(index)) assertEquals([index, ...begun.slice(0, 2)], [index, "run", "resume"]);
          else if (restarts === 0) assertEquals([index, ...begun], [index, "run"]);
        }
        assertEquals(gather, "COMPLETED");
        assert(output === await oneMachine(folder), "gathered output is not what one machine writes");
      }),
  );
}

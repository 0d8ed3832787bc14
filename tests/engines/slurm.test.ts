import { assert, assertEquals } from "@std/assert";
import { inFolder } from "../cli/in_folder.ts";
import { startGate } from "./gate.ts";
import { testEngine } from "./programs_here.ts";
import { gathered, oneMachine, progressOf } from "./sharded_run.ts";
import { slurmPackages } from "./slurm_cluster.ts";
import { runArray } from "./slurm_run.ts";

testEngine(
  "Slurm: a node dies, its shards go on on the other one, and gather gives what one machine writes",
  slurmPackages,
  () =>
    inFolder({}, async (folder) => {
      await using gate = startGate();
      const { tasks, killed } = await runArray(folder, gate, true);
      for (const task of tasks) {
        const restarts = killed.includes(task.index) ? 1 : 0;
        assertEquals(task, { index: task.index, state: "COMPLETED", node: "n2", restarts });
        const { begun } = progressOf(`${folder}/journal.${task.index}`);
        assertEquals(begun, restarts > 0 ? ["run", "resume"] : ["run"]);
      }
      const output = await gathered(folder, tasks.map(({ index }) => `out.${index}`));
      assert(output === await oneMachine(folder), "gathered output is not what one machine writes");
    }),
);

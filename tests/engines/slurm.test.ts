import { assert, assertEquals } from "@std/assert";
import { inFolder } from "../cli/in_folder.ts";
import { startGate } from "./gate.ts";
import { testEngine } from "./programs_here.ts";
import { gathered, oneMachine, progressOf, runFlags, shards, writeRun } from "./sharded_run.ts";
import { slurmPackages, startCluster } from "./slurm_cluster.ts";
import { until } from "./until.ts";

const script = `#!/bin/sh
#SBATCH --array=0-${shards - 1}
#SBATCH --requeue
#SBATCH --open-mode=append
#SBATCH --output=log.%a
set -u
journal=journal.$SLURM_ARRAY_TASK_ID
if [ -s "$journal" ]; then set -- --resume "$journal"; else set -- --journal "$journal"; fi
tandem run job.js --shard auto --tag ${runFlags.join(" ")} "$@" items >> "out.$SLURM_ARRAY_TASK_ID"
code=$?
[ $code -eq 1 ] || exit $code
`;

testEngine(
  "Slurm: a node dies, its shards go on on the other one, and gather gives what one machine writes",
  slurmPackages,
  () =>
    inFolder({}, async (folder) => {
      await using gate = startGate();
      await writeRun(folder, gate.url);
      const expected = await oneMachine(folder);
      gate.close();
      await using cluster = await startCluster(folder, ["n1", "n2"], { PATH: `${folder}/bin:${Deno.env.get("PATH")}` });
      const job = await cluster.submit(script);

      const killed = await until("two shards run on n1 and have journal entries", async () => {
        const on = (await cluster.tasks(job)).filter(({ state, node }) => state === "RUNNING" && node === "n1");
        return on.length === 2 && on.every(({ index }) => progressOf(`${folder}/journal.${index}`).hasEntries)
          ? on
          : undefined;
      }, cluster.logs);
      await cluster.killNode("n1");
      gate.open();
      const ended = await cluster.ended(job);

      assertEquals(ended.map(({ state }) => state), Array(shards).fill("COMPLETED"), JSON.stringify(ended));
      for (const { index, node, restarts } of ended) {
        const isKilled = killed.some((one) => one.index === index);
        assertEquals({ index, node, restarts }, { index, node: "n2", restarts: isKilled ? 1 : 0 });
        assertEquals(progressOf(`${folder}/journal.${index}`).begun, isKilled ? ["run", "resume"] : ["run"]);
      }
      assert(
        await gathered(folder, ended.map(({ index }) => `out.${index}`)) === expected,
        "not what one machine writes",
      );
    }),
);

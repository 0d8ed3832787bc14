import type { Gate } from "./gate.ts";
import { progressOf, runFlags, shards, writeRun } from "./sharded_run.ts";
import { type ArrayTask, startCluster } from "./slurm_cluster.ts";
import { until } from "./until.ts";

/** An array that has run on two nodes, n1 and n2. */
export interface ArrayRun {
  /** How its tasks ended. */
  readonly tasks: readonly ArrayTask[];
  /** The shards that ran on n1 when that died. */
  readonly killed: readonly number[];
  /** Seconds from the submission until everything had ended. */
  readonly seconds: number;
  /** What the death took: seconds until the controller put the shards into the queue again, until it started them, until the end. */
  readonly after?: { readonly requeued: number; readonly started: number; readonly ended: number };
}

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

/**
 * Runs the shards as an array. All wait at the gate until the two that run on n1 have begun to write; then n1 dies, if `dies` says so,
 * and the gate opens.
 */
export async function runArray(folder: string, gate: Gate, dies: boolean): Promise<ArrayRun> {
  gate.close();
  await writeRun(folder, gate.url);
  await using cluster = await startCluster(folder, ["n1", "n2"]);
  const since = performance.now();
  const seconds = (from = since) => (performance.now() - from) / 1_000;
  const job = await cluster.submit(script);
  const killed = await until("two shards run on n1 and have journal entries", async () => {
    const on = (await cluster.tasks(job)).filter(({ state, node }) => state === "RUNNING" && node === "n1");
    const indices = on.map(({ index }) => index);
    return indices.length === 2 && indices.every((i) => progressOf(`${folder}/journal.${i}`).hasEntries)
      ? indices
      : undefined;
  }, cluster.logs);
  if (!dies) {
    gate.open();
    return { tasks: await cluster.ended(job), killed: [], seconds: seconds() };
  }
  const death = performance.now();
  await cluster.killNode("n1");
  gate.open();
  const again = (states: readonly string[]) =>
    until(`the shards ${killed} are ${states}`, async () => {
      const tasks = (await cluster.tasks(job)).filter(({ index }) => killed.includes(index));
      return tasks.every(({ state, restarts }) => restarts > 0 && states.includes(state)) || undefined;
    }, cluster.logs);
  await again(["PENDING", "RUNNING", "COMPLETED"]);
  const requeued = seconds(death);
  await again(["RUNNING", "COMPLETED"]);
  const started = seconds(death);
  const tasks = await cluster.ended(job);
  return { tasks, killed, seconds: seconds(), after: { requeued, started, ended: seconds(death) } };
}

import type { Gate } from "./gate.ts";
import { engineScript, progressOf, writeRun } from "./sharded_run.ts";
import { type ArrayTask, type SlurmCluster, startCluster } from "./slurm_cluster.ts";
import { until } from "./until.ts";

/** An array that has run on two nodes, n1 and n2, and what gathered its outputs. */
export interface ArrayRun {
  /** How its tasks ended. */
  readonly tasks: readonly ArrayTask[];
  /** The shards that a blow hit. */
  readonly hit: readonly number[];
  /** How the job ended that gathers, and what it wrote. */
  readonly gather: string;
  readonly output: string;
  /** Seconds from the submission until everything had ended. */
  readonly seconds: number;
  /** Seconds from the blow until the shards were in the queue again, until they ran again, and until everything had ended. */
  readonly afterBlow: { readonly requeued: number; readonly started: number; readonly ended: number };
}

/** What happens to the shards that run on n1. It has happened to all of them when this resolves. */
export type Blow = (cluster: SlurmCluster, job: string, shards: readonly number[]) => Promise<void>;

export const blows = {
  "its node dies": (cluster) => cluster.killNode("n1"),
  "its time limit is near": async (cluster, job, shards) => {
    // as the controller does: sbatch(1), --signal
    for (const shard of shards) {
      const args = ["--batch", "--signal=USR1", `${job}_${shard}`];
      let found = "";
      await until(`${args} is obeyed`, async () => {
        try {
          await cluster.command("scancel", ...args);
          return true;
        } catch (error) {
          found = `${error}`; // "Job can not be altered now, try again later": the controller has just started it
        }
      }, () => found);
    }
    await stand(cluster, job, shards, () => true);
  },
  nothing: () => Promise.resolve(),
} as const satisfies Readonly<Record<string, Blow>>;

/**
 * Runs the shards by the script of `tandem engine slurm`, and gathers them. All wait at the gate until the two that run on n1 have
 * begun to write; then the blow falls, and the gate opens.
 */
export async function runArray(folder: string, gate: Gate, blow: Blow): Promise<ArrayRun> {
  gate.close();
  await writeRun(folder, gate.url);
  await using cluster = await startCluster(folder, ["n1", "n2"]);
  const submitted = performance.now();
  const job = await cluster.submit(await engineScript(folder, "slurm"));
  const gather = await cluster.submit(await engineScript(folder, "slurm", "--gather"), `--dependency=afterany:${job}`);
  const onFirst = await until("two shards run on n1 and have begun to write", async () => {
    const tasks = (await cluster.tasks(job)).filter(({ state, node }) => state === "RUNNING" && node === "n1");
    const shards = tasks.map(({ index }) => index);
    return shards.length === 2 && shards.every((one) => progressOf(folder, one).hasEntries) ? shards : undefined;
  }, cluster.logs);
  const struck = performance.now();
  await blow(cluster, job, onFirst);
  gate.open();
  const hit = blow === blows.nothing ? [] : onFirst;
  await stand(cluster, job, hit, () => true);
  const requeued = performance.now();
  await stand(cluster, job, hit, ({ state }) => state !== "PENDING");
  const started = performance.now();
  const tasks = await cluster.ended(job);
  const [{ state }] = await cluster.ended(gather);
  const ended = performance.now();
  const [afterRequeue, afterStart, afterEnd] = [requeued, started, ended].map((at) => (at - struck) / 1_000);
  return {
    tasks,
    hit,
    gather: state,
    output: await Deno.readTextFile(`${folder}/tandem.out`),
    seconds: (ended - submitted) / 1_000,
    afterBlow: { requeued: afterRequeue, started: afterStart, ended: afterEnd },
  };
}

/** Waits until these shards have been requeued and stand as they should. */
async function stand(
  cluster: SlurmCluster,
  job: string,
  shards: readonly number[],
  how: (task: ArrayTask) => boolean,
): Promise<void> {
  await until(`the shards ${shards} have been requeued`, async () => {
    const tasks = (await cluster.tasks(job)).filter(({ index }) => shards.includes(index));
    return tasks.every((task) => task.restarts > 0 && how(task)) || undefined;
  }, cluster.logs);
}

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

/** What happens to shards on the way. */
export interface Blow {
  /** Flags of sbatch for the array. */
  readonly flags: readonly string[];
  /** Whether it hits the shards that run on n1. */
  readonly hits: boolean;
  /** Resolves when those shards run no more. `requeued` resolves when they are in the queue again. */
  fall(cluster: SlurmCluster, requeued: () => Promise<void>): Promise<void>;
}

export const blows = {
  "its node dies": { flags: [], hits: true, fall: (cluster) => cluster.killNode("n1") },
  // The script wants to be warned 2 minutes before the limit. The controller looks at limits each 30 s.
  "its time limit is near": { flags: ["--time=2"], hits: true, fall: (_, requeued) => requeued() },
  nothing: { flags: [], hits: false, fall: () => Promise.resolve() },
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
  const job = await cluster.submit(await engineScript(folder, "slurm"), ...blow.flags);
  const gather = await cluster.submit(await engineScript(folder, "slurm", "--gather"), `--dependency=afterany:${job}`);
  const onFirst = await until("two shards run on n1 and have begun to write", async () => {
    const tasks = (await cluster.tasks(job)).filter(({ state, node }) => state === "RUNNING" && node === "n1");
    const shards = tasks.map(({ index }) => index);
    return shards.length === 2 && shards.every((one) => progressOf(folder, one).hasEntries) ? shards : undefined;
  }, cluster.logs);
  const hit = blow.hits ? onFirst : [];
  const stand = (what: string, is: (task: ArrayTask) => boolean) =>
    until(`the shards ${hit} ${what}`, async () => {
      const tasks = (await cluster.tasks(job)).filter(({ index }) => hit.includes(index));
      return tasks.every((task) => task.restarts > 0 && is(task)) || undefined;
    }, cluster.logs);
  const inQueue = async () => void await stand("are in the queue again", () => true);
  const struck = performance.now();
  await blow.fall(cluster, inQueue);
  gate.open();
  await inQueue();
  const requeued = performance.now();
  await stand("run again", ({ state }) => state !== "PENDING");
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

import { median } from "../../../lib/stats/quantiles.ts";
import { seededRandom, shuffled } from "../../../lib/stats/random.ts";
import { inFolder } from "../../cli/in_folder.ts";
import { writeTandem } from "../../engines/sharded_run.ts";
import { type SlurmCluster, startCluster } from "../../engines/slurm_cluster.ts";

const items = 4_000;
const jobs = { waits: "wait1.js", computes: "cpu1ms.js" } as const;

/** A cell of the experiment: `items` is 1 to see what a start takes. */
interface Cell {
  readonly shards: number;
  readonly items: number;
}
const cells: readonly Cell[] = [1, 2].flatMap((shards) => [{ shards, items: shards }, { shards, items }]);

/**
 * Prints how much faster two shards on two nodes are than one on one, for items of 1 ms, one at a time. A shard's time is that of
 * `tandem run` without that of a run over a single item; the slowest shard counts. So it is without what Slurm takes to start shards,
 * which is told apart.
 */
export async function measureSpeedups(rounds: number): Promise<void> {
  for (const [does, job] of Object.entries(jobs)) {
    await inFolder({}, async (folder) => {
      await writeTandem(folder);
      for (const file of [job, "spin.js"]) {
        await Deno.copyFile(new URL(`../jobs/${file}`, import.meta.url), `${folder}/${file}`);
      }
      await using cluster = await startCluster(folder, ["n1", "n2"]);
      const seconds = new Map<Cell, number[]>(cells.map((cell) => [cell, []]));
      const started: number[] = [];
      const random = seededRandom(1);
      for (let round = 0; round < rounds; round++) {
        for (const cell of shuffled(cells, random)) {
          const times = await timesOf(cluster, folder, job, cell);
          seconds.get(cell)?.push(Math.max(...times.map(({ start, end }) => end - start)));
          if (cell.shards > 1) started.push(Math.abs(times[1].start - times[0].start));
        }
      }
      const [start1, one, start2, two] = cells.map((cell) => median(seconds.get(cell) ?? []));
      const each = (seconds.get(cells[1]) ?? []).map((all, i) =>
        (all - start1) / ((seconds.get(cells[3]) ?? [])[i] - start2)
      );
      const net = (one - start1) / (two - start2);
      console.log(
        `${items} items of 1 ms, each ${does}: 1 shard ${one.toFixed(2)} s (start-up ${start1.toFixed(2)} s), ` +
          `2 shards ${two.toFixed(2)} s (${start2.toFixed(2)} s); speed-up net of start-up ${net.toFixed(2)}, ` +
          `rounds ${each.map((value) => value.toFixed(2)).join(" ")}; the two started ${
            median(started).toFixed(2)
          } s apart`,
      );
    });
  }
}

/** When the shards of an array began and ended, in seconds of the wall clock. A shard has a node of its own, as it asks for both CPUs. */
async function timesOf(
  cluster: SlurmCluster,
  folder: string,
  job: string,
  { shards, items }: Cell,
): Promise<readonly { readonly start: number; readonly end: number }[]> {
  await Deno.writeTextFile(`${folder}/items`, Array.from({ length: items }, (_, i) => `${i}\n`).join(""));
  const ended = await cluster.ended(
    await cluster.submit(`#!/bin/bash
#SBATCH --array=0-${shards - 1}
#SBATCH --cpus-per-task=2
#SBATCH --output=log.%a
start=$EPOCHREALTIME
tandem run ${job} items --shard auto --threads 1 --tasks 1 --quiet > out.$SLURM_ARRAY_TASK_ID || exit
echo "$start $EPOCHREALTIME" > times.$SLURM_ARRAY_TASK_ID
`),
  );
  if (ended.some(({ state }) => state !== "COMPLETED")) {
    throw new Error(`${JSON.stringify(ended)}\n${await cluster.logs()}`);
  }
  return ended.map(({ index }) => {
    const [start, end] = Deno.readTextFileSync(`${folder}/times.${index}`).split(" ").map(Number);
    return { start, end };
  });
}

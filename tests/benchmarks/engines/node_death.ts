import { sha256 } from "../../../lib/digest.ts";
import { median } from "../../../lib/stats/quantiles.ts";
import { seededRandom, shuffled } from "../../../lib/stats/random.ts";
import { inFolder } from "../../cli/in_folder.ts";
import { startGate } from "../../engines/gate.ts";
import { lines, oneMachine, shards } from "../../engines/sharded_run.ts";
import { type ArrayRun, blows, runArray } from "../../engines/slurm_run.ts";

/**
 * Prints how many seconds an array takes longer when one of its two nodes dies on the way, where they go, and the digest of what gather
 * makes of its outputs. A run with a death and one without are a pair, in shuffled order.
 *
 * @throws {Error} an output is not what one machine writes
 */
export async function measureDeaths(rounds: number): Promise<void> {
  const runs: { readonly dies: boolean; readonly run: ArrayRun }[] = [];
  const digests = new Set<string>();
  const random = seededRandom(1);
  for (let round = 0; round < rounds; round++) {
    for (const dies of shuffled([false, true], random)) {
      await inFolder({}, async (folder) => {
        await using gate = startGate();
        const run = await runArray(folder, gate, blows[dies ? "its node dies" : "nothing"]);
        if (run.output !== await oneMachine(folder)) throw new Error("gathered output is not what one machine writes");
        digests.add(await sha256(run.output));
        runs.push({ dies, run });
      });
    }
  }
  const text = (values: readonly number[]) =>
    `${median(values).toFixed(1)} s (${values.map((v) => v.toFixed(1)).join(" ")})`;
  const of = (dies: boolean) => runs.filter((one) => one.dies === dies).map(({ run }) => run.seconds);
  const after = runs.filter(({ dies }) => dies).map(({ run }) => run.afterBlow);
  console.log(`${lines} lines in ${shards} shards on 2 nodes: ${text(of(false))}`);
  console.log(`one node dies: ${text(of(true))}; it costs ${text(of(true).map((one, i) => one - of(false)[i]))}`);
  console.log(
    `  from its death until its shards are in the queue again: ${text(after.map(({ requeued }) => requeued))}`,
  );
  console.log(`  until they run again: ${text(after.map(({ started }) => started))}`);
  console.log(`  until all have ended: ${text(after.map(({ ended }) => ended))}`);
  console.log(`SHA-256 of what gather makes of them, and of one machine's output: ${[...digests].join(" ")}`);
}

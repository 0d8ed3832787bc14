/**
 * What stealing brings: items of 1 to 100 ms in two threads, with and without it, against the ideal makespan (the sum of
 * what the items took, over the threads; a lower bound of any schedule). Paired rounds in shuffled order.
 */
import { openPool } from "../../lib/exec/pool/pool.ts";
import { valueFormat } from "../../lib/exec/run_job.ts";
import { encodeJsonItem, valueSource } from "../../lib/exec/input/value_source.ts";
import { workerHost } from "../../lib/exec/host/worker_host.ts";
import { median } from "../../lib/stats/quantiles.ts";
import { seededRandom, shuffled } from "../../lib/stats/random.ts";

const [rounds, threads] = [5, 2];
const random = seededRandom(7);

/** Costs in milliseconds, Pareto-like: most are near 1, a few near 100. */
const heavyTail = Array.from({ length: 1000 }, () => Math.min(100, 1 / (random() ** 0.8)));
/** A thread that has got many quick ones when a long one comes holds them up. */
const longAmongQuick = Array.from({ length: 4_000 }, (_, i) => i < 2_000 ? 0.02 : i === 2_000 ? 600 : 0.25);
const job = "data:application/javascript," + encodeURIComponent(`
export default (ms) => {
  const start = performance.now();
  while (performance.now() - start < ms);
  return performance.now() - start;
};`);

/** The time of one run over the ideal one, given what its items really took. */
async function measure(items: readonly number[], steal: boolean): Promise<number> {
  const pool = await openPool({
    job: { kind: "module", url: job },
    name: "spin",
    threads,
    tasks: 1,
    host: workerHost(),
    format: valueFormat("json", "json"),
  });
  const start = performance.now();
  let spent = 0;
  for await (const deliveries of pool.run(valueSource(items, encodeJsonItem), { ordered: false, steal })) {
    for (const { bytes } of deliveries) {
      for (const text of new TextDecoder().decode(bytes.slice()).trim().split("\n")) spent += Number(text);
    }
  }
  const elapsed = performance.now() - start;
  await pool.close();
  return elapsed / Math.max(spent / threads, Math.max(...items));
}

for (
  const [name, items] of Object.entries({
    "heavy tail 1..100 ms": heavyTail,
    "quick ones, one of 600 ms, slower": longAmongQuick,
  })
) {
  const ratios: Record<"on" | "off", number[]> = { on: [], off: [] };
  for (let round = 0; round < rounds; round++) {
    for (const steal of shuffled(["on", "off"] as const, random)) {
      ratios[steal].push(await measure(items, steal === "on"));
    }
  }
  for (const [steal, values] of Object.entries(ratios)) {
    const spread = `${Math.min(...values).toFixed(3)}..${Math.max(...values).toFixed(3)}`;
    console.log(`${name.padEnd(34)} stealing ${steal.padEnd(4)} ${median(values).toFixed(3)} of the ideal (${spread})`);
  }
}
Deno.exit();

/**
 * What `tandem diff` says of two saved reports of one machine, measured one after the other: of a job and itself, and of a job that
 * is slower by 5 % on purpose. Each report has 20 rounds.
 *
 *     deno run --allow-read --allow-write --allow-run tests/benchmarks/diffs.ts [PAIRS]
 */
import { compare, diff } from "./compare_command.ts";
import { writeJobs } from "./slower_job.ts";

const [pairs = "20"] = Deno.args;
const counts = new Map<string, number>();
const folder = Deno.makeTempDirSync();
try {
  const [old, slower] = writeJobs(folder);
  for (let seed = 1; seed <= Number(pairs); seed++) {
    const jobs = [["before", old], ["itself", old], ["5 % slower", slower]];
    for (const [name, job] of jobs) {
      const options = ["--rounds=20", "--max-time=40s", `--seed=${seed}`];
      const result = await compare([job, ...options, `--export-json=${folder}/${name}.json`]);
      if (result instanceof Error) console.log(`${name}: ${result.message}`);
    }
    for (const [name] of jobs.slice(1)) {
      const result = await diff([`${folder}/before.json`, `${folder}/${name}.json`]);
      if (result instanceof Error) {
        console.log(`${name}: ${result.message}`);
        continue;
      }
      for (const { name: mode, measure, ratio, interval, answer } of result.rows) {
        if (measure !== "time") continue;
        const key = `${name}: ${mode} ${answer}`;
        counts.set(key, (counts.get(key) ?? 0) + 1);
        console.log(`${key}  ${ratio?.toFixed(4)} ${interval?.map((end) => end.toFixed(4)).join("…")}`);
      }
    }
  }
} finally {
  Deno.removeSync(folder, { recursive: true });
}
console.log();
for (const [key, count] of [...counts].toSorted()) console.log(`${key}  ${count}`);

/**
 * How often `tandem compare OLD NEW` finds a job that is slower by 5 % on purpose, and what it says of a job and itself: each
 * session has 20 rounds of both. Only sessions on a quiet machine count: other programs took less than a tenth of a core.
 *
 *     deno run --allow-read --allow-write --allow-run tests/benchmarks/changes.ts [SESSIONS] [MODES]
 */
import type { CompareResult } from "../../lib/model/comparison.ts";
import { compare } from "./compare_command.ts";
import { writeJobs } from "./slower_job.ts";

const [sessions = "20", modes = "serial"] = Deno.args;
const quietCores = 0.1;

/** How often each verdict came, in quiet sessions and in all. */
const counts = new Map<string, { quiet: number; all: number }>();

function count(what: string, { changes = [], contention: { foreignCores } }: CompareResult): void {
  const isQuiet = foreignCores !== null && foreignCores < quietCores;
  for (const { mode, verdict, ratio, interval } of changes) {
    const key = `${what}: ${mode} ${verdict}`;
    const { quiet, all } = counts.get(key) ?? { quiet: 0, all: 0 };
    counts.set(key, { quiet: quiet + (isQuiet ? 1 : 0), all: all + 1 });
    const ends = interval?.map((end) => end.toFixed(4)).join("…");
    console.log(`${key}  ${ratio.toFixed(4)} ${ends}  other programs ${foreignCores?.toFixed(2)} cores`);
  }
}

const folder = Deno.makeTempDirSync();
try {
  const [old, slower] = writeJobs(folder);
  for (let seed = 1; seed <= Number(sessions); seed++) {
    for (const [what, now] of [["5 % slower", slower], ["itself", old]]) {
      const result = await compare([old, now, "--rounds=20", "--max-time=40s", `--modes=${modes}`, `--seed=${seed}`]);
      if (result instanceof Error) console.log(`${what}: ${result.message}`);
      else count(what, result);
    }
  }
} finally {
  Deno.removeSync(folder, { recursive: true });
}
console.log("\nin quiet sessions, and in all:");
for (const [key, { quiet, all }] of [...counts].toSorted()) console.log(`${key}  ${quiet}  ${all}`);

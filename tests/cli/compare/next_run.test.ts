import { assertEquals } from "@std/assert";
import { nextRun } from "../../../lib/cli/compare/next_run.ts";
import { type CompareValues, row } from "../../../lib/cli/compare/command.ts";
import { loadCommand } from "../../../lib/cli/commands.ts";
import { callOf, parseCommand } from "../../../lib/cli/table/parse.ts";

const cell = { threads: 2, tasks: 8 };
const width = "--threads 2 --tasks 8";
const third = { bytes: new TextEncoder().encode("2"), line: 3 };

function next(given: Partial<CompareValues>, job = "job.js", rest?: typeof third): string {
  return nextRun(job, cell, given, rest);
}

Deno.test("nextRun: over the items that were compared, wherever they are", () => {
  assertEquals(next({}), `tandem run job.js ${width} < items.ndjson`);
  assertEquals(next({ items: "a b" }), `tandem run job.js ${width} < 'a b'`);
  assertEquals(next({ items: "-" }), `tandem run job.js ${width} < items.ndjson`); // as stdin can be read only once
  assertEquals(next({ count: 100 }), `seq 0 99 | tandem run job.js ${width}`);
});

Deno.test("nextRun: a built-in job reads files, and has items of its own", () => {
  assertEquals(next({}, "@primes"), `tandem run @primes ${width}`);
  assertEquals(next({ items: "list" }, "@primes"), `tandem run @primes ${width} list`);
  assertEquals(next({ count: 3 }, "@primes"), `seq 0 2 | tandem run @primes ${width}`);
});

Deno.test("nextRun: where no item may run twice, only those that have not", () => {
  assertEquals(next({ count: 100 }, "job.js", third), `seq 2 99 | tandem run job.js ${width}`);
  assertEquals(next({ items: "list" }, "job.js", third), `tail -n +3 list | tandem run job.js ${width}`);
  assertEquals(next({}, "job.js", third), `tail -n +3 items.ndjson | tandem run job.js ${width}`);
  assertEquals(
    next({ items: "list", null: true }, "job.js", third),
    `tail -z -n +3 list | tandem run job.js ${width} --null`,
  );
  assertEquals(next({ items: "-list" }, "job.js", third), `tail -n +3 -- -list | tandem run job.js ${width}`);
  assertEquals(next({ items: "list" }, "@primes", third), `tail -n +3 list | tandem run @primes ${width}`);
  assertEquals(next({ items: "a.gz" }, "job.js", third), `gzip -dc a.gz | tail -n +3 | tandem run job.js ${width}`);
  assertEquals(
    next({ items: "-a.zst", null: true }, "job.js", third),
    `zstd -dc -- -a.zst | tail -z -n +3 | tandem run job.js ${width} --null`,
  );
  assertEquals(next({}, "@primes", third), `tandem run @primes ${width}`); // its own items do no harm
});

Deno.test("nextRun: a plan that is saved in a file says the width", () => {
  assertEquals(next({ savePlan: "plan.json" }), "tandem run job.js --plan plan.json < items.ndjson");
});

Deno.test("nextRun: takes over what run knows too: lines, limits, grants; not how it was measured", () => {
  const lines = { input: "lines", maxLine: 100 } as const;
  assertEquals(next({ ...lines, rounds: 3, seed: 1, quiet: true }), `tandem run job.js ${width} < items.ndjson`);
  const kept = { ...lines, items: "list", timeout: 1_000, allowNet: ["a.com"] } as const;
  const line = next({ ...kept, rounds: 3 });
  for (const flag of ["--input lines", "--max-line", "--timeout", "--allow-net=a.com"]) {
    assertEquals(line.includes(flag), true, `${flag} in ${line}`);
  }
  assertEquals(line.includes("rounds"), false, line);
});

Deno.test("nextRun: run understands it", async () => {
  const run = (await loadCommand("run"))!;
  const compare = (await loadCommand(row.name))!;
  const args = ["job.js", "--timeout=2s", "--memory=1GiB", "--allow-read=/a,/b", "--items=list", "--null"];
  const { given } = await parseCommand(compare, args);
  const [, ...line] = next(given).split(" < ")[0].split(" ");
  const { values, call } = callOf(run, await parseCommand(run, line.slice(1)));
  const { timeout, memory, allowRead, threads, tasks } = values;
  assertEquals(
    { timeout, memory, allowRead, threads, tasks, null: values.null },
    { timeout: 2_000, memory: 2 ** 30, allowRead: ["/a", "/b"], ...cell, null: true },
  );
  assertEquals(call.operands, ["job.js"]);
});

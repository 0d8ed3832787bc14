import { assertEquals, assertRejects } from "@std/assert";
import { row, type RunValues } from "../../../lib/cli/run/command.ts";
import { nextOf, openRunJournal } from "../../../lib/cli/run/journal.ts";
import type { Command } from "../../../lib/cli/table/command.ts";
import { callOf, parseCommand } from "../../../lib/cli/table/parse.ts";
import { JournalError, UsageError } from "../../../lib/errors.ts";
import { testSession } from "../test_session.ts";

async function parsed(...args: string[]) {
  const command = { ...row, run: () => Promise.resolve(0) } as unknown as Command;
  const { values, call } = callOf(command, await parseCommand(command, ["job.js", ...args]));
  return { values: values as RunValues, call };
}

const over = { how: "done", failed: 0 } as const;
const cut = { how: "stopped", failed: 0 } as const;

Deno.test("nextOf: nothing is left of a run that is over", async () => {
  const { call } = await parsed("--journal=j");
  assertEquals([nextOf(call, over, true), nextOf(call, over, false)], [null, null]);
});

Deno.test("nextOf: a run that ended early goes on with its journal, behind the same output", async () => {
  for (const flag of ["--journal=j", "--resume=j"]) {
    const { call } = await parsed(flag, "-j2");
    for (const how of ["stopped", "failed-fast", "too-many-failures"] as const) {
      const next = "tandem run job.js --threads 2 --resume j";
      assertEquals(nextOf(call, { how, failed: 1 }, true), `${next} < the same input >> the same output`);
      assertEquals(nextOf(call, { how, failed: 0 }, false), `${next} >> the same output`);
    }
  }
});

Deno.test("nextOf: a run that ended early goes on in the file of its results", async () => {
  const { call } = await parsed("--journal=j", "--results=r");
  assertEquals(nextOf(call, cut, false), "tandem run job.js --results r --resume j");
  assertEquals(nextOf(call, cut, true), "tandem run job.js --results r --resume j < the same input");
  assertEquals(nextOf(call, { how: "done", failed: 1 }, false), "tandem run job.js --retry-failed j");
});

Deno.test("nextOf: failed items of a run that is over are run again, into another output", async () => {
  for (const flag of ["--journal=j", "--resume=j", "--retry-failed=j"]) {
    const { call } = await parsed(flag);
    const next = "tandem run job.js --retry-failed j";
    assertEquals(nextOf(call, { how: "done", failed: 1 }, true), `${next} < the same input`);
    assertEquals(nextOf(call, { how: "done", failed: 1 }, false), next);
  }
});

Deno.test("nextOf: a retry that ended early runs what has not recovered, behind the same output", async () => {
  const { call } = await parsed("--retry-failed=j");
  assertEquals(nextOf(call, cut, false), "tandem run job.js --retry-failed j >> the same output");
});

Deno.test("openRunJournal: each flag keeps the journal; two of them exclude each other", async () => {
  const { session } = testSession();
  const job = { kind: "builtin", name: "primes" } as const;
  const both = [
    ["--journal=a", "--resume=b", "--journal and --resume"],
    ["--journal=a", "--retry-failed=b", "--journal and --retry-failed"],
    ["--resume=a", "--retry-failed=b", "--resume and --retry-failed"],
  ];
  for (const [one, other, named] of both) {
    const { values } = await parsed(one, other);
    const refused = await assertRejects(() => openRunJournal(values, job, session, () => {}), UsageError);
    assertEquals(refused.message, `${named} exclude each other: give one of them`);
  }
  for (const flag of ["--resume=no/such", "--retry-failed=no/such"]) {
    const { values } = await parsed(flag);
    const refused = await assertRejects(() => openRunJournal(values, job, session, () => {}), JournalError);
    assertEquals(refused.code, "journal-missing");
  }
});

Deno.test("openRunJournal: what decides items or output must be the same in a resumed run; what does not may differ", async () => {
  const folder = Deno.makeTempDirSync();
  try {
    const { session } = testSession();
    const job = { kind: "builtin", name: "primes" } as const;
    const open = async (...args: string[]) =>
      await openRunJournal((await parsed(...args)).values, job, session, () => {});
    {
      using journal = await open(`--journal=${folder}/j`, "--limit=3", "--tag");
      await journal.watch({ next: () => Promise.resolve(undefined), totalBytes: () => 0 }).next();
      journal.end(false);
    }
    const differs = async (...args: string[]) => {
      try {
        using _journal = await open(`--resume=${folder}/j`, ...args);
        return undefined;
      } catch (error) {
        if (error instanceof JournalError) return [error.code, error.about];
        throw error;
      }
    };
    assertEquals(await differs("--limit=3", "--tag", "-j4", "--retries=2", "--quiet"), undefined);
    const changed = [
      ["limit", "--limit=4", "--tag"],
      ["tag", "--limit=3"],
      ["null", "--limit=3", "--tag", "--null"],
      ["unordered", "--limit=3", "--tag", "--unordered"],
      ["errors", "--limit=3", "--tag", "--errors=inline"],
    ];
    for (const [name, ...args] of changed) assertEquals(await differs(...args), ["journal-differs", name]);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
});

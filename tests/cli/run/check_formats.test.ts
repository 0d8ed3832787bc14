import { assertEquals, assertRejects } from "@std/assert";
import { loadCommand } from "../../../lib/cli/commands.ts";
import { checkFormats } from "../../../lib/cli/run/check_formats.ts";
import type { RunValues } from "../../../lib/cli/run/command.ts";
import { callOf, parseCommand } from "../../../lib/cli/table/parse.ts";
import { UsageError } from "../../../lib/errors.ts";

/** Checks what a command line of run says. */
async function check(...args: readonly string[]): Promise<void> {
  const command = await loadCommand("run");
  if (command === undefined) throw new Error("no command");
  const { values, call: { operands: [job, ...files] } } = callOf(command, await parseCommand(command, args));
  checkFormats(values as RunValues, job, files);
}

const refused = async (...args: readonly string[]) => (await assertRejects(() => check(...args), UsageError)).message;

Deno.test("run: a built-in job's own items are lines; files may be anything", async () => {
  for (const input of ["csv", "tsv", "array"]) {
    assertEquals(
      await refused("@primes", `--input=${input}`),
      `@primes has items of its own; name a FILE (- is stdin), or leave out --input ${input}`,
    );
    await check("@primes", `--input=${input}`, "-");
    await check("primes.js", `--input=${input}`);
  }
  for (const input of ["json", "lines"]) await check("@primes", `--input=${input}`);
});

Deno.test("run --output csv: what has no place in rows is refused, and taken with other outputs", async () => {
  const csv = "--output=csv";
  const refusals: Readonly<Record<string, string>> = {
    "--null": "--null is for lines; leave it out, or leave out --output csv",
    "--errors=inline": "--errors inline would write JSON between the rows; leave it out, or leave out --output csv",
    "--journal=j": "a run with --output csv cannot be resumed; leave out the journal, or write --output json",
  };
  for (const [flag, says] of Object.entries(refusals)) {
    assertEquals(await refused("job.js", csv, flag), says);
    await check("job.js", "--output=json", flag);
  }
  for (const flag of ["--resume=j", "--retry-failed=j"]) {
    assertEquals(await refused("job.js", csv, flag), refusals["--journal=j"]);
  }
  await check("job.js", csv);
});

Deno.test("run: --null and --header are checked whatever the output is", async () => {
  assertEquals(
    await refused("job.js", "--input=tsv", "--null"),
    "--null is for lines; leave it out, or leave out --input tsv",
  );
  assertEquals(
    await refused("job.js", "--header=a"),
    "--header names the columns of rows; give --input csv or --input tsv too",
  );
});

import { assertEquals } from "@std/assert";
import { compareOptions, type CompareValues, row } from "../../../lib/cli/compare/command.ts";
import { nextComparison } from "../../../lib/cli/compare/next_comparison.ts";
import type { Command } from "../../../lib/cli/table/command.ts";
import { callOf, parseCommand } from "../../../lib/cli/table/parse.ts";
import type { ModeChange } from "../../../lib/model/comparison.ts";

/** The next command line after one with these arguments, whose changes have these verdicts. */
async function nextOf(args: readonly string[], ...verdicts: readonly ModeChange["verdict"][]) {
  const command = { ...row, run: () => Promise.resolve(0) } as unknown as Command;
  const { values, call } = callOf(command, await parseCommand(command, args));
  return nextComparison(verdicts.map((verdict) => ({ verdict }) as ModeChange), values as CompareValues, call);
}

Deno.test("nextComparison: a gate, unless it was one", async () => {
  assertEquals(await nextOf(["a.js", "b.js"], "slower", "same"), "tandem compare a.js b.js --fail-on slower");
  assertEquals(await nextOf(["a.js", "b.js", "--fail-on=slower"], "slower"), null);
});

Deno.test("nextComparison: more rounds in more time where one is unclear, and at most as many as there may be", async () => {
  assertEquals(
    await nextOf(["a.js", "b.js"], "slower", "unclear"),
    "tandem compare a.js b.js --max-time 1m --rounds 24",
  );
  const most = compareOptions.rounds.shape.type === "integer" ? compareOptions.rounds.shape.max : NaN;
  const next = await nextOf(["a.js", "b.js", "--rounds=900", "--fail-on=slower,unclear"], "unclear");
  assertEquals(next, `tandem compare a.js b.js --max-time 1m --rounds ${most} --fail-on slower --fail-on unclear`);
});

Deno.test("nextComparison: all flags come again but those that only show or save; operands that look like flags, too", async () => {
  const args = ["--against=v1", "--json", "--save-plan=-", "--margin=5%", "--modes=tasks,both", "job.js"];
  assertEquals(
    await nextOf(args, "same"),
    "tandem compare job.js --against v1 --modes tasks --modes both --margin 5% --fail-on slower",
  );
  assertEquals(await nextOf(["--", "-a.js", "b.js"], "same"), "tandem compare --fail-on slower -- -a.js b.js");
});

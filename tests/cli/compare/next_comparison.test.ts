import { assertEquals } from "@std/assert";
import { type CompareValues, row } from "../../../lib/cli/compare/command.ts";
import { nextComparison } from "../../../lib/cli/compare/next_comparison.ts";
import type { Command } from "../../../lib/cli/table/command.ts";
import { callOf, parseCommand } from "../../../lib/cli/table/parse.ts";
import type { ModeChange } from "../../../lib/model/comparison.ts";

/** A change with this verdict; of an unclear one the interval reaches beyond the margin of 2 %, by so much on both sides. */
function changed(verdict: ModeChange["verdict"], beyond = 0.03): ModeChange {
  const interval = [Math.exp(-0.02 - beyond), Math.exp(0.02 + beyond)];
  return { verdict, ratio: 1, interval, reason: null } as unknown as ModeChange;
}

/** The next command line after one with these arguments and changes: 12 rounds in 24 s. */
async function nextOf(
  args: readonly string[],
  changes: readonly ModeChange[],
  run = { rounds: 12, elapsedMs: 24_000 },
) {
  const command = { ...row, run: () => Promise.resolve(0) } as unknown as Command;
  const { values, call } = callOf(command, await parseCommand(command, args));
  return nextComparison({ changes, ...run }, values as CompareValues, call);
}

Deno.test("nextComparison: a gate, unless it was one", async () => {
  assertEquals(
    await nextOf(["a.js", "b.js"], [changed("slower"), changed("same")]),
    "tandem compare a.js b.js --fail-on slower",
  );
  assertEquals(await nextOf(["a.js", "b.js", "--fail-on=slower"], [changed("slower")]), null);
});

Deno.test("nextComparison: as many rounds as will show it where one is unclear, and time for them", async () => {
  const jobs = ["a.js", "b.js"];
  const unclear = changed("unclear"); // 209 rounds, so 250; 500 s of the 85 % that are planned, and a second: 589 s
  assertEquals(
    await nextOf(jobs, [changed("slower"), unclear]),
    "tandem compare a.js b.js --max-time 10m --rounds 250",
  );
  assertEquals(
    await nextOf([...jobs, "--rounds=300", "--fail-on=slower,unclear"], [unclear]),
    "tandem compare a.js b.js --max-time 10m --rounds 300 --fail-on slower --fail-on unclear",
  );
  assertEquals(
    await nextOf([...jobs, "--max-time=1h"], [unclear]),
    "tandem compare a.js b.js --max-time 1h --rounds 250",
  );
});

Deno.test("nextComparison: one that would take too long is left out, and none is proposed if there is no other", async () => {
  const [unclear, close] = [changed("unclear"), changed("unclear", 2)];
  assertEquals(await nextOf(["a.js", "b.js"], [close, unclear]), await nextOf(["a.js", "b.js"], [unclear]));
  assertEquals(await nextOf(["a.js", "b.js"], [close]), null);
  assertEquals(await nextOf(["a.js", "b.js"], [unclear], { rounds: 12, elapsedMs: 240_000 }), null);
});

Deno.test("nextComparison: all flags come again but those that only show or save; operands that look like flags, too", async () => {
  const args = ["--against=v1", "--json", "--save-plan=-", "--margin=5%", "--modes=tasks,both", "job.js"];
  assertEquals(
    await nextOf(args, [changed("same")]),
    "tandem compare job.js --against v1 --modes tasks --modes both --margin 5% --fail-on slower",
  );
  assertEquals(
    await nextOf(["--", "-a.js", "b.js"], [changed("same")]),
    "tandem compare --fail-on slower -- -a.js b.js",
  );
});

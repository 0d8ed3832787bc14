import { assert, assertEquals } from "@std/assert";
import { call } from "../in_process.ts";
import { inFolder } from "../in_folder.ts";

const records = "tests/fixtures/jobs/records.js";

/** An attempt in the log: times in milliseconds. */
interface Attempt {
  readonly line: number;
  readonly attempt: number;
  readonly startMs: number;
  readonly endMs: number;
  readonly outcome: string;
  readonly error: string | undefined;
}

/** What a run has logged, in the order of starts. `args`: the job or the command, and flags. */
async function attempts(args: readonly string[], stdin: string): Promise<Attempt[]> {
  return await inFolder({}, async (root) => {
    const path = `${root}/run.log`;
    const { code, stderr } = await call(["run", "--log", path, "-q", ...args], { stdin });
    assertEquals(code, 1, stderr);
    const all = Deno.readTextFileSync(path).trimEnd().split("\n").map((text) => {
      const { line, attempt, start, ms, outcome, error } = JSON.parse(text);
      const startMs = Date.parse(`${start.slice(0, -4)}Z`) + Number(start.slice(-4, -1)) / 1000;
      return { line, attempt, startMs, endMs: startMs + ms, outcome, error };
    });
    return all.toSorted((a, b) => a.startMs - b.startMs);
  });
}

/** Which attempts each line had. */
function byLine(all: readonly Attempt[]): Record<number, number[]> {
  const lines: Record<number, number[]> = {};
  for (const { line, attempt } of all) (lines[line] ??= []).push(attempt);
  return lines;
}

for (const isolate of ["worker", "process"]) {
  Deno.test(`run --rate --retries --isolate=${isolate}: a retry waits for its pause and for the rate, in the log each is an attempt`, async () => {
    const input = '{"fail":"no"}\n{"value":1}\n'.repeat(4);
    const flags = ["-j1", "--tasks=8", "--retries=2", "--retry-max=20ms", "--rate=20/s", `--isolate=${isolate}`];
    const all = await attempts([records, ...flags], input);
    assertEquals(byLine(all), {
      1: [1, 2, 3],
      2: [1],
      3: [1, 2, 3],
      4: [1],
      5: [1, 2, 3],
      6: [1],
      7: [1, 2, 3],
      8: [1],
    });
    const [first, last] = [all[0], all.at(-1)!];
    const least = (all.length - 1) * 50 - 60; // a start may be late, and the next one is not
    assert(last.startMs - first.startMs >= least, `${all.length} starts within ${last.startMs - first.startMs} ms`);
  });
}

Deno.test("run --key --retries: no two items of a key are under way, pauses included, and more retries than the budget has end", async () => {
  const input = Array.from({ length: 30 }, (_, i) => `{"fail":"no","key":${i % 2}}\n`).join("");
  const flags = ["-j2", "--tasks=8", "--retries=2", "--retry-max=5ms", "--key=key", "--per-key=1"];
  const all = await attempts([records, ...flags], input);
  assertEquals(Object.values(byLine(all)), Array.from({ length: 30 }, () => [1, 2, 3]));
  for (const key of [0, 1]) {
    const own = all.filter(({ line }) => (line - 1) % 2 === key);
    for (const [i, { line, attempt }] of own.entries()) {
      assertEquals([line, attempt], [own[3 * Math.floor(i / 3)].line, i % 3 + 1], "another item came between");
    }
  }
});

Deno.test("run --exec --retries: a command that fails runs again, unless --retry-on names other errors", async () => {
  const command = ["--exec", "false", "-j2", "--retries=2", "--retry-max=5ms"];
  const all = await attempts(command, "a\nb\n");
  assertEquals(byLine(all), { 1: [1, 2, 3], 2: [1, 2, 3] });
  assertEquals(
    all.map(({ outcome, error }) => [outcome, error]),
    Array.from({ length: 6 }, () => ["error", "ExitError"]),
  );
  assertEquals(byLine(await attempts([...command, "--retry-on=ExitError"], "a\n")), { 1: [1, 2, 3] });
  assertEquals(byLine(await attempts([...command, "--retry-on=StartError"], "a\n")), { 1: [1] });
});

import { assertEquals, assertMatch } from "@std/assert";
import { planJson } from "../../../lib/cli/job/plan_file.ts";
import { fakeMachine } from "../../bench/fake_machine.ts";
import { call } from "../in_process.ts";

const echo = "tests/fixtures/jobs/echo.js";
const plan = {
  plan: 1,
  job: "job.js",
  jobSha256: "abc",
  cpu: "a processor",
  cores: 2,
  threads: 2,
  tasks: 3,
  reason: { work: null, ratio: 2, interval: [1.9, 2.1], wider: null },
} as const;

Deno.test("run --plan: runs as wide as it says, warns of what has changed, and flags win", async () => {
  const file = Deno.makeTempFileSync();
  const run = (...flags: string[]) =>
    call(["run", echo, "--plan", file, ...flags], { stdin: "1\n2\n", ...fakeMachine({ computingMs: 1 }) });
  try {
    Deno.writeTextFileSync(file, planJson(plan));
    const { code, stdout, stderr } = await run();
    assertEquals([code, stdout], [0, "0\n1\n"], stderr);
    assertMatch(
      stderr,
      new RegExp(
        "^! the plan was made for another job, or another version of it \\(job.js\\): compare again\n" +
          "! the plan was made for another machine \\(a processor, 2 cores\\): compare again\n" +
          "done: 2 ok, 0 failed · 2×3 · [^\n]+\n$",
      ),
    );
    const widths = [[["-j1"], "1×1"], [["--tasks=5"], "2×5"], [["--mode=serial"], "1×1"], [
      ["--mode=auto"],
      "2×3",
    ]] as const;
    for (const [flags, width] of widths) {
      assertMatch((await run(...flags)).stderr, new RegExp(`^done: .* · ${width} · `, "m"));
    }
    assertEquals((await run("--quiet")).stderr, "");
  } finally {
    Deno.removeSync(file);
  }
});

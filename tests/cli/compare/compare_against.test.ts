import { assert, assertEquals, assertMatch } from "@std/assert";
import { assertEndedBy, isExecutable, run, spawn, testEach } from "../programs.ts";
import { openRepository } from "./repository.ts";

/** What Deno itself leaves there when an executable runs. */
const codeCache = "deno-compile-tandem.cache";

/** Calls `use` with an empty folder for temporary files, and sees that nothing is left in it. */
async function withPlace(use: (env: Record<string, string>) => Promise<void>): Promise<void> {
  const place = Deno.makeTempDirSync();
  try {
    await use({ TMPDIR: place });
    const names = [...Deno.readDirSync(place)].map(({ name }) => name);
    assertEquals(names.filter((name) => name !== codeCache), []);
  } finally {
    Deno.removeSync(place, { recursive: true });
  }
}

testEach(
  "compare --against: the old job is the one of that commit, with its imports; neither may run git",
  async (program) => {
    using repository = openRepository();
    const job = `${repository.folder}my jobs/job.js`;
    const args = ["compare", "--against", "v1", job, "--modes=serial", "--rounds=6", "--max-time=10s", "--quiet"];
    await withPlace(async (env) => {
      for (const isolate of ["worker", "process"]) {
        const { code, stdout, stderr } = await run(program, [...args, `--isolate=${isolate}`, "--json"], { env });
        assertEquals([code, stderr], [0, ""]);
        const { result, comparable } = JSON.parse(stdout);
        const { against, changes, itemsGiven, outputsEqual } = result;
        assertEquals(against.git, { ref: "v1", commit: repository.git("rev-parse", "v1") });
        assert(against.jobSha256 !== comparable.jobSha256);
        assertEquals([against.job, itemsGiven, outputsEqual, changes.length], [job, 8, true, 1]);
        assert(changes[0].ratio < 0.8, `${changes[0].ratio}: it has twenty times the steps`);
      }
    });
  },
);

testEach("compare --against: after an error or Ctrl-C nothing is left of the old job", async (program) => {
  using repository = openRepository();
  const job = `${repository.folder}my jobs/job.js`;
  await withPlace(async (env) => {
    repository.write("lib/steps.js", "export const steps = 1;\nthrow new Error('not today');\n");
    const failed = await run(program, ["compare", "--against", "v1", job], { env });
    assertEquals([failed.code, failed.stdout], [2, ""]);
    assertMatch(failed.stderr, /not today/);
  });
  await withPlace(async (env) => {
    repository.git("checkout", "--quiet", ".");
    const running = spawn(program, ["compare", "--against", "v1", job, "--max-time=50s", "--rounds=900"], { env });
    await running.said(/Each of 8 items runs/);
    running.kill("SIGINT");
    assertEndedBy("SIGINT", await running.ended(), program);
  });
  await withPlace(async (env) => { // two signals at once: the second one ends it before anything is closed
    const running = spawn(program, ["compare", "--against", "v1", job, "--max-time=50s", "--rounds=900"], { env });
    await running.said(/Each of 8 items runs/);
    Deno.kill(running.pid, "SIGSTOP");
    running.kill("SIGINT");
    running.kill("SIGTERM");
    Deno.kill(running.pid, "SIGCONT");
    assert([130, 143].includes((await running.ended()).code));
  });
}, (program) => isExecutable(program) && Deno.build.os === "windows");

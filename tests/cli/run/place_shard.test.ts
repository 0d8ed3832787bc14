import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { UsageError } from "../../../lib/errors.ts";
import { inFolder } from "../in_folder.ts";
import { call, failingCall } from "../in_process.ts";
import { run, testEach } from "../programs.ts";

const echo = "tests/fixtures/jobs/echo.js";
const stdin = "0\n1\n2\n3\n4\n5\n";
const env = { CI_NODE_INDEX: "2", CI_NODE_TOTAL: "3" };

Deno.test("run --shard auto: the engine's shard, which stderr names", async () => {
  const { code, stdout, stderr } = await call(["run", echo, "-j1", "--shard=auto"], { stdin, env });
  assertEquals([code, stdout], [0, "1\n4\n"]);
  assertEquals(stderr.split("\n")[0], "shard 2 of 3 from CI_NODE_INDEX: --shard 1/3");
  assertEquals(await call(["run", echo, "-j1", "-q", "--shard=auto"], { stdin, env }), {
    code: 0,
    stdout: "1\n4\n",
    stderr: "",
  });
});

Deno.test("run --shard auto: with --exec too", async () => {
  const { stdout } = await call(["run", "--exec", "echo {}", "--shard=auto", "--shards=3"], {
    stdin,
    env: { PARALLEL_SEQ: "3" },
  });
  assertEquals(stdout, "2\n5\n");
});

Deno.test("run --shard auto: what is not certain is refused before anything is read", async () => {
  const { code, stdout, stderr } = await failingCall(["run", echo, "--shard=auto"], {
    stdin,
    env: { ...env, CI_NODE_TOTAL: "1" },
  });
  assertEquals([code, stdout], [2, ""]);
  assertStringIncludes(stderr, "tandem: --shard auto: CI_NODE_INDEX is 2, but with 1 shard it must be 1; correct it");
});

Deno.test("run: --shards is for --shard auto only", async () => {
  for (const shard of [[], ["--shard=0/4"]]) {
    await assertRejects(() => call(["run", echo, "--shards=4", ...shard], { stdin, env }), UsageError, "--shard auto");
  }
});

Deno.test("run --shard auto: its journal, document and next command line have the shard that it was", async () => {
  await inFolder({ "items": stdin }, async (folder) => {
    const failing = "tests/fixtures/jobs/fails_on_three.js";
    const args = [failing, "-j1", "--journal", `${folder}/j`, "--export-json", `${folder}/run.json`, `${folder}/items`];
    await call(["run", "--shard=auto", "--shards=3", ...args], { env: { ...env, CI_NODE_INDEX: "1" } });
    const { options, result } = JSON.parse(await Deno.readTextFile(`${folder}/run.json`));
    assertEquals([options.shard, options.shards], [{ index: 0, count: 3 }, undefined]);
    assertStringIncludes(result.next, " --shard 0/3 ");
    assert(!result.next.includes("--shards"), result.next);
    const retry = ["run", failing, "-j1", "--retry-failed", `${folder}/j`, `${folder}/items`];
    assertEquals((await failingCall(retry)).code, 2);
    assertEquals((await call([...retry, "--shard=0/3"])).code, 1);
  });
});

testEach("run --shard auto reads the variables of its process", async (program) => {
  const { code, stdout, stderr } = await run(program, ["run", echo, "-j1", "--shard=auto"], { input: stdin, env });
  assertEquals([code, stdout], [0, "1\n4\n"], stderr);
});

Deno.test("run: {shard} in a name needs a shard", async () => {
  const { code, stderr } = await failingCall(["run", echo, "--journal", "j-{shard}"]);
  assertEquals(code, 2);
  assertStringIncludes(
    stderr,
    "--journal j-{shard}: {shard} is the number of a shard; add --shard I/N or --shard auto",
  );
});

Deno.test("run --shard auto: stderr says which files all shards would write", async () => {
  await inFolder({}, async (folder) => {
    const args = ["run", echo, "-j1", "--shard=auto", "-o", `${folder}/out`, "--log", `${folder}/log-{shard}`];
    // Written so that it is not by chance in the folder's random name, which would pass for the engine's own number.
    const { stderr } = await call(args, { stdin, env: { ...env, CI_NODE_INDEX: "0002" } });
    assertStringIncludes(
      stderr.replace(/\s+/g, " "),
      `each shard writes --results ${folder}/out: where shards share a disk`,
    );
    assertEquals(Deno.readTextFileSync(`${folder}/out`), "1\n4\n");
    assert(Deno.statSync(`${folder}/log-1`).isFile);
  });
});

Deno.test("run --shard auto: the next command line has the names of its shard", async () => {
  await inFolder({ "items": stdin }, async (folder) => {
    const failing = "tests/fixtures/jobs/fails_on_three.js";
    const files = ["--journal", `${folder}/j-{shard}`, "-o", `${folder}/{{shard}}-{shard}`, `${folder}/items`];
    const { stderr } = await call(["run", failing, "-j1", "--shard=auto", "--fail-fast", ...files], {
      env: { CI_NODE_INDEX: "1", CI_NODE_TOTAL: "3" },
    });
    assertStringIncludes(stderr, `--results '${folder}/{{shard}}-0'`);
    assertStringIncludes(stderr, `--resume ${folder}/j-0`);
    assert(Deno.statSync(`${folder}/{shard}-0`).isFile);
  });
});

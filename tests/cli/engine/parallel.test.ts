import { assertEquals, assertStringIncludes } from "@std/assert";
import { testEach } from "../programs.ts";
import { input, job, onDisk, oneMachine, printed } from "./machine.ts";

/** Runs what GNU parallel would run, with the shell of a machine that is no bash, and notes how it was called. */
const parallel = {
  parallel: `printf '%s\\n' "$@" > parallel.log
failed=0
while IFS= read -r -d '' line; do sh -c "$line" || failed=$((failed + 1)); done
exit "$failed"`,
};

testEach("engine parallel: the shards and what gathers write what one machine does", async (program) => {
  await onDisk(program, { programs: parallel }, async ({ folder, bash, read }) => {
    const { code, stderr } = await bash(await printed("parallel", job, input, "--shards=3"));
    assertEquals(code, 1, stderr); // 3 fails
    assertEquals(read("tandem.out"), await oneMachine(folder));
    assertEquals(read("parallel.log").split("\n").slice(0, -1), [
      ...["--null", "--jobs", "1", "--retries", "3", "--line-buffer", "--joblog", "tandem.joblog", "--resume-failed"],
    ]);
    const again = await bash(await printed("parallel", job, input, "--shards=3"));
    assertEquals([again.code, read("tandem.out")], [1, await oneMachine(folder)], again.stderr);
  });
});

testEach("engine parallel: a command with placeholders of its own", async (program) => {
  const files = { "a b": "x'\n{}\n$(touch pwned)\n" };
  await onDisk(program, { files, programs: parallel }, async ({ folder, bash, read }) => {
    const script = await printed("parallel", "a b", "--shards=2", "--", "--exec", "printf '%s\\n' [{}] {#}");
    const { code, stderr } = await bash(script);
    assertEquals(code, 0, stderr);
    assertEquals(read("tandem.out"), "[x']\n1\n[{}]\n2\n[$(touch pwned)]\n3\n");
    assertEquals([...Deno.readDirSync(folder)].some(({ name }) => name === "pwned"), false);
  });
});

testEach("engine parallel: all ended well", async (program) => {
  await onDisk(program, { programs: parallel }, async ({ folder, bash, read }) => {
    Deno.writeTextFileSync(`${folder}/items`, "1\n2\n");
    const { code, stderr } = await bash(await printed("parallel", job, "items", "--shards=2", "--name=b-2"));
    assertEquals([code, read("b-2.out")], [0, '{"square":1}\n{"square":4}\n'], stderr);
  });
});

Deno.test("engine parallel: machines over ssh work in this folder", async () => {
  const args = [
    "parallel",
    "job.js",
    "items",
    "--shards=2",
    "--sshlogin=a,b",
    "--sshlogin",
    "c d",
    "--sshloginfile=my hosts",
  ];
  assertStringIncludes(
    await printed(...args),
    " --sshlogin a,b --sshlogin 'c d' --sshloginfile 'my hosts' --workdir . --joblog tandem.joblog --resume-failed\n",
  );
});

Deno.test("engine parallel: one machine, or a file of them, is remote too", async () => {
  for (const flag of ["--sshlogin=a", "--sshloginfile=hosts"]) {
    assertStringIncludes(await printed("parallel", "job.js", "items", "--shards=2", flag), " --workdir . ");
  }
});

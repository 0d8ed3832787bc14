import { assertEquals, assertStringIncludes } from "@std/assert";
import { programs, testEach } from "../programs.ts";
import { input, job, onDisk, oneMachine, printed } from "./machine.ts";

/** Runs what GNU parallel would run, with the shell of a machine that is no bash, and notes how it was called and how that ended. */
const parallel = {
  parallel: `printf '%s\\n' "$@" > parallel.log
failed=0
while IFS= read -r -d '' line; do
  sh -c "$line"
  code=$?
  printf '%s ' "$code" >> codes
  [ "$code" -eq 0 ] || failed=$((failed + 1))
done
exit "$failed"`,
};

testEach("engine parallel: the shards and what gathers write what one machine does", async (program) => {
  await onDisk(program, { programs: parallel }, async ({ folder, bash, read }) => {
    const { code, stderr } = await bash(await printed("parallel", job, input, "--shards=3"));
    assertEquals([code, read("codes")], [1, "0 0 0 "], stderr); // 3 fails, which ends no shard early
    assertEquals(read("tandem.out"), await oneMachine(folder));
    assertEquals(read("parallel.log").split("\n").slice(0, -1), [
      ...["--null", "--jobs", "1", "--retries", "3", "--line-buffer", "--joblog", "tandem.joblog"],
    ]);
    const again = await bash(await printed("parallel", job, input, "--shards=3"));
    assertEquals([again.code, read("tandem.out")], [1, await oneMachine(folder)], again.stderr);
  });
});

Deno.test("engine parallel: only a shard whose items failed has ended all the same", async () => {
  const [program] = programs;
  const files = { exits: '#!/bin/sh\n[ "$1" = gather ] || exit "$(cat code)"\n', code: "", items: "" };
  await onDisk(program, { files, programs: parallel }, async ({ folder, bash, read }) => {
    Deno.chmodSync(`${folder}/exits`, 0o755);
    const script = await printed("parallel", "job.js", "items", "--shards=1", "--program=./exits");
    const ends: [code: number, seen: string][] = [[0, "0 "], [1, "0 "], [2, "1 "], [130, "1 "], [137, "1 "], [
      255,
      "1 ",
    ]];
    for (const [code, seen] of ends) {
      Deno.writeTextFileSync(`${folder}/code`, String(code));
      Deno.writeTextFileSync(`${folder}/codes`, "");
      const ended = await bash(script);
      assertEquals([ended.code, read("codes")], [seen === "0 " ? 0 : 1, seen], `${code}: ${ended.stderr}`);
    }
  });
});

testEach(
  "engine parallel: values that look like error records are none, whatever separates records",
  async (program) => {
    const like = '{"line":1,"error":{"name":"Error"}}';
    const ok = `export default (text) => text.includes("fail") ? Promise.reject(new Error("x")) : ${
      JSON.stringify(like)
    };\n`;
    await onDisk(
      program,
      { files: { "job.js": ok, items: "a\0b\nc\0" }, programs: parallel },
      async ({ folder, bash, read }) => {
        const script = await printed(
          "parallel",
          "job.js",
          "items",
          "--shards=2",
          "--",
          "-0",
          "--input=lines",
          "--output=lines",
        );
        const well = await bash(script);
        assertEquals([well.code, read("tandem.out")], [0, `${like}\0${like}\0`], well.stderr);
        for (const name of ["tandem-0.journal", "tandem-1.journal", "tandem-0.out", "tandem-1.out"]) {
          Deno.removeSync(`${folder}/${name}`);
        }
        Deno.writeTextFileSync(`${folder}/items`, "a\0fail\0");
        assertEquals((await bash(script)).code, 1);
      },
    );
  },
);

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

testEach(
  "engine parallel: the script again refuses a job that has changed since, and runs lines that were added",
  async (program) => {
    const skips = 'case "$*" in *--resume*) [ ! -e tandem.joblog ] || exit 0 ;; esac; touch tandem.joblog\n';
    await onDisk(program, { programs: { parallel: skips + parallel.parallel } }, async ({ folder, bash, read }) => {
      const script = await printed("parallel", job, "items", "--shards=2");
      const again = async (items: string, text: string) => {
        Deno.writeTextFileSync(`${folder}/items`, items);
        Deno.writeTextFileSync(`${folder}/${job}`, text);
        return await bash(script);
      };
      const squares = "export default (x) => x * x;";
      const ended = await again("1\n2\n3\n", squares);
      assertEquals([ended.code, read("tandem.out")], [0, "1\n4\n9\n"], ended.stderr);
      const changed = await again("1\n2\n3\n", "export default (x) => x * x * x;");
      assertEquals(changed.code, 1);
      assertStringIncludes(changed.stderr, "the job, or a module that it imports, has changed since");
      const longer = await again("1\n2\n3\n4\n", squares);
      assertEquals([longer.code, read("tandem.out")], [0, "1\n4\n9\n16\n"], longer.stderr);
    });
  },
);

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
    " --sshlogin a,b --sshlogin 'c d' --sshloginfile 'my hosts' --workdir . --joblog tandem.joblog\n",
  );
});

import { assertEquals, assertStringIncludes } from "@std/assert";
import { text } from "../../../lib/cli/help/topics/gather.ts";
import { onDisk } from "../engine/machine.ts";
import { testEach } from "../programs.ts";

/** The commands that the help shows for lines that failed. */
const [, section] = text.split("LINES THAT FAILED\n\n");
const [runAgain, listFailed] = section.split("\n\n").filter((part) => /^ {2}(?:for|sed) /.test(part));

const job = (fails: string) =>
  `export default (x) => { if ([${fails}].includes(x)) throw new TypeError("no"); return { x }; };\n`;

testEach("help gather: what it says of failed lines finds them, and runs only them again", async (program) => {
  const files = { "job.js": job("3, 5"), items: "1\n3\n\n5\n6\n7\n" };
  await onDisk(program, { files }, async ({ folder, bash, read }) => {
    const shards = await bash(`for i in 0 1; do
      tandem run job.js -q --tag --errors inline --shard $i/2 --results 'out-{shard}' --journal 'j-{shard}' items
      echo $?
    done
    tandem gather 'out-{shard}' --shards 2 --items items > gathered
    echo $?`);
    assertEquals(shards.stdout, "1\n1\n0\n", shards.stderr);
    assertStringIncludes(shards.stderr, "gathered: 3 ok, 2 failed ");
    const failed = read("gathered").split("\n").filter((line) =>
      line.startsWith('{"line":2,"error":{"name":"TypeError",')
    );
    assertEquals(failed.length, 1);
    assertEquals(await bash(listFailed).then(({ code }) => [code, read("failed")]), [0, "3\n5\n"]);
    Deno.writeTextFileSync(`${folder}/job.js`, job("1, 6, 7")); // what ended well must not run again
    const again = await bash(runAgain);
    assertEquals([again.code, read("results")], [0, '{"x":1}\n{"x":3}\n{"x":5}\n{"x":6}\n{"x":7}\n'], again.stderr);
  });
});

import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { inFolder } from "../in_folder.ts";
import { run, testEach } from "../programs.ts";

const value = (line: number) => `{"line":${line},"value":${line}}\n`;
const shards = { "o.0": value(1) + value(3), "o.1": value(2) };

testEach("gather does not write into a file that it reads", async (program) => {
  await inFolder(shards, async (folder) => {
    const wrap = (command: readonly string[]) => ["sh", "-c", '"$@" >> "$0"', `${folder}/o.0`, ...command];
    const { code, stderr } = await run(program, ["gather", `${folder}/o.0`, `${folder}/o.1`], { wrap });
    assertEquals(code, 2);
    assertStringIncludes(stderr, "are the same file");
    assertEquals(Deno.readTextFileSync(`${folder}/o.0`), shards["o.0"]);
  });
});

testEach("gather: more files than may be open at once are refused, with the limit to raise", async (program) => {
  const names = Array.from({ length: 100 }, (_, i) => `o-${String(i).padStart(2, "0")}`);
  await inFolder(Object.fromEntries(names.map((name, i) => [name, value(i + 1)])), async (folder) => {
    const start = { wrap: (command: readonly string[]) => ["sh", "-c", 'ulimit -n 80; exec "$@"', "sh", ...command] };
    const { code, stderr } = await run(program, ["gather", `${folder}/o-{shard}`, "--shards=100"], start);
    assertEquals(code, 2, stderr);
    assertMatch(stderr, /^tandem: cannot read "\S+\/o-\d\d": Too many open files; raise the limit: ulimit -n\n$/);
  });
}, Deno.build.os === "windows");

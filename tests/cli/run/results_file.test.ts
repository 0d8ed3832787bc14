import { assertEquals, assertStringIncludes } from "@std/assert";
import { checkResults } from "../../../lib/cli/run/results_file.ts";
import { inFolder } from "../in_folder.ts";
import { call, failingCall } from "../in_process.ts";
import { run, testEach } from "../programs.ts";

const echo = "tests/fixtures/jobs/echo.js";
const failing = "tests/fixtures/jobs/fails_on_three.js";

Deno.test("run --results: results go to the file, which a run overwrites; the rest stays where it is", async () => {
  await inFolder({ items: "1\n2\n", out: "of an earlier run, and longer\n" }, async (folder) => {
    const { code, stdout, stderr } = await call(["run", echo, "-j1", "-o", `${folder}/out`, `${folder}/items`]);
    assertEquals([code, stdout, Deno.readTextFileSync(`${folder}/out`)], [0, "", "1\n2\n"]);
    assertStringIncludes(stderr, "2 ok");
  });
});

Deno.test("run --results -: stdout", async () => {
  const cuts: number[] = [];
  checkResults("-", { stdoutPlace: { length: () => 5, cut: (length) => cuts.push(length) } }, undefined)();
  assertEquals(cuts, []);
  assertEquals((await call(["run", echo, "-j1", "-q", "--results=-"], { stdin: "1\n" })).stdout, "1\n");
});

Deno.test("run --results: a file is not touched by a run that cannot begin", async () => {
  await inFolder({ items: "1\n2\n", "bad.js": "export default 1;\n" }, async (folder) => {
    const items = `${folder}/items`;
    const same = await failingCall(["run", echo, "--results", items, items]);
    assertEquals([same.code, Deno.readTextFileSync(items)], [2, "1\n2\n"]);
    assertStringIncludes(same.stderr, `--results ${items} and the input ${items} are the same file`);
    const bad = await failingCall(["run", `${folder}/bad.js`, "--results", items]);
    assertEquals([bad.code, Deno.readTextFileSync(items)], [2, "1\n2\n"]);
    const place = await failingCall(["run", echo, "--results", `${folder}/none/out`]);
    assertStringIncludes(place.stderr, `cannot write to ${folder}/none/out`);
  });
});

Deno.test("run --results: a document on stdout would be in the wrong place", async () => {
  await inFolder({}, async (folder) => {
    const { code, stderr } = await failingCall(["run", echo, "-o", `${folder}/out`, "--export-json", "-"]);
    assertEquals(code, 2);
    assertStringIncludes(stderr, "--export-json -: with --results, give it a file too");
  });
});

Deno.test("run --results with a journal: what goes on is appended, and nothing is overwritten", async () => {
  await inFolder({ items: "1\n2\n" }, async (folder) => {
    const [out, items, journal] = [`${folder}/out`, `${folder}/items`, `${folder}/j`];
    const args = ["run", echo, "-j1", "-o", out, items];
    assertEquals((await call([...args, "--journal", journal])).code, 0);
    Deno.writeTextFileSync(items, "1\n2\n3\n");
    assertEquals((await call([...args, "--resume", journal])).code, 0);
    assertEquals(Deno.readTextFileSync(out), "1\n2\n3\n");
    const lost = await failingCall([...args, "--journal", `${folder}/new`]);
    assertEquals([lost.code, Deno.readTextFileSync(out)], [2, "1\n2\n3\n"]);
    assertStringIncludes(
      lost.stderr,
      `--results ${out} has 6 bytes of another run, and the journal ${folder}/new is new`,
    );
  });
});

Deno.test("run --results: the command line that goes on names it, and no redirection", async () => {
  await inFolder({ items: "1\n3\n4\n" }, async (folder) => {
    const args = ["--journal", `${folder}/j`, "-o", `${folder}/out`, "--fail-fast", `${folder}/items`];
    const { stderr } = await call(["run", failing, "-j1", ...args]);
    assertStringIncludes(stderr, `--results ${folder}/out`);
    assertEquals(stderr.includes(">>"), false, stderr);
  });
});

testEach("run --results and --journal with {shard}: the files of each shard", async (program) => {
  await inFolder({ items: "0\n1\n2\n3\n" }, async (folder) => {
    const files = ["--journal", `${folder}/j-{shard}`, "-o", `${folder}/out-{shard}`, "--log", `${folder}/{{shard}}`];
    for (const index of [0, 1]) {
      const args = ["run", echo, "-j1", "--shard", `${index}/2`, ...files, `${folder}/items`];
      const { code, stdout, stderr } = await run(program, args);
      assertEquals([code, stdout], [0, ""], stderr);
    }
    const names = [...Deno.readDirSync(folder)].map(({ name }) => name).toSorted();
    assertEquals(names, ["items", "j-0", "j-1", "out-0", "out-1", "{shard}"]);
    assertEquals([0, 1].map((i) => Deno.readTextFileSync(`${folder}/out-${i}`)), ["0\n2\n", "1\n3\n"]);
  });
});

import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { type Asked, openExports } from "../../../lib/cli/terminal/exports.ts";
import { OutputError, UsageError } from "../../../lib/errors.ts";
import { saved } from "../../report/exports/saved.ts";
import { inFolder } from "../in_folder.ts";
import { testSession } from "../test_session.ts";

const to = (path: string, format: Asked["format"] = "json"): Asked => ({
  format,
  path,
  name: `--export-${format} ${path}`,
});

Deno.test("exports: each format to its file, and one of them to stdout as it is", async () => {
  const document = saved("scale");
  const { session, stdout } = testSession({ style: { unicode: false } });
  await inFolder({}, async (folder) => {
    const asked = [to(`${folder}/a.json`), to(`${folder}/b.json`), to("-", "markdown"), to(`${folder}/a.csv`, "csv")];
    const exports = await openExports(["scale"], asked, [], session);
    assertEquals([exports.takesStdout, exports.files.length, [...Deno.readDirSync(folder)]], [true, 3, []]);
    assertEquals(await exports.write([document]), undefined);
    assertEquals(["a", "b"].map((name) => JSON.parse(Deno.readTextFileSync(`${folder}/${name}.json`))), [
      document,
      document,
    ]);
    assertStringIncludes(Deno.readTextFileSync(`${folder}/a.csv`), "startedAt,kind,alive");
    assertStringIncludes(stdout.exact, "### tandem scale\n");
  });
});

Deno.test("exports: two of one file, or two to stdout, are refused before anything is written", async () => {
  const { session } = testSession();
  const open = (asked: readonly Asked[], others: readonly string[] = []) =>
    openExports(["scale"], asked, others, session);
  await inFolder({}, async (folder) => {
    const [file, spelt] = [to(`${folder}/f`), to(`${folder}/./f`, "csv")];
    const same = await assertRejects(() => open([file, spelt]), UsageError);
    assertEquals(same.message, `${file.name} and ${spelt.name} are the same file; give one of them another file`);
    for (const [asked, others] of [[[to("-"), to("-", "csv")], []], [[to("-")], ["--json"]]] as const) {
      const { message } = await assertRejects(() => open(asked, others), UsageError);
      assertStringIncludes(message, "both write to stdout; give one of them a file");
    }
    await assertRejects(() => open([to(`${folder}/none/f`)]), UsageError, "its folder does not exist");
    assert(!(await open([file], ["--json", "--save-plan -"])).takesStdout); // not about exports
  });
});

Deno.test("exports: a failure is returned, another one is a warning, and the rest is written", async () => {
  const { session, stderr } = testSession();
  await inFolder({ "a/x": "", "b/x": "", "c/x": "" }, async (folder) => {
    const asked = ["a", "b", "c"].map((name) => to(`${folder}/${name}/file`));
    const exports = await openExports(["scale"], asked, [], session);
    for (const gone of ["a", "b"]) Deno.removeSync(`${folder}/${gone}`, { recursive: true });
    const failure = await exports.write([saved("scale")]);
    assert(failure instanceof OutputError);
    assertStringIncludes(failure.message, `cannot write to ${folder}/b/file: No such file or directory`);
    assertStringIncludes(stderr.written, `! cannot write to ${folder}/a/file: No such file or directory`);
    assertEquals(JSON.parse(Deno.readTextFileSync(`${folder}/c/file`)).command, "scale");
  });
});

import { assertEquals, assertMatch, assertRejects, assertThrows } from "@std/assert";
import { exportPath, writeFileOrStdout } from "../../../lib/cli/terminal/export_file.ts";
import { OutputError, UsageError } from "../../../lib/errors.ts";
import { inFolder } from "../in_folder.ts";
import { testSession } from "../test_session.ts";

/** What is said of a path that no export can go to. */
function refusal(path: string): string {
  return assertThrows(() => exportPath(path), UsageError).message;
}

Deno.test("exportPath: a file that can be written is left as it was, and one that is not there yet is not there then", async () => {
  await inFolder({ old: "old" }, (folder) => {
    assertEquals([exportPath(`${folder}/old`), exportPath(`${folder}/new`)], [`${folder}/old`, `${folder}/new`]);
    assertEquals([...Deno.readDirSync(folder)].map(({ name }) => name), ["old"]);
    assertEquals(Deno.readTextFileSync(`${folder}/old`), "old");
  });
});

Deno.test("exportPath: an absolute path, because a job can move the working folder", () => {
  assertEquals(exportPath("deno.json"), `${Deno.cwd()}/deno.json`);
});

Deno.test("exportPath: stdout by its dash or its device", () => {
  assertEquals(["-", "/dev/stdout"].map(exportPath), ["-", "-"]);
});

Deno.test("exportPath: a folder, a place that is not there, and a file that cannot be written are refused, and why", async () => {
  await inFolder({ "sub/file": "", file: "" }, (folder) => {
    assertEquals(refusal(`${folder}/sub`), `cannot write to ${folder}/sub: it is a folder; name a file`);
    assertEquals(
      refusal(`${folder}/none/file`),
      `cannot write to ${folder}/none/file: its folder does not exist; choose another place`,
    );
    Deno.symlinkSync(`${folder}/none/file`, `${folder}/dangling`);
    assertEquals(
      refusal(`${folder}/dangling`),
      `cannot write to ${folder}/dangling: No such file or directory; choose another place`,
    );
    Deno.symlinkSync("loop", `${folder}/loop`);
    const long = "x".repeat(300);
    for (
      const [name, why] of [
        ["file/file", "Not a directory"],
        ["loop", "Too many levels of symbolic links"],
        [long, "File name too long"],
      ]
    ) {
      assertEquals(refusal(`${folder}/${name}`), `cannot write to ${folder}/${name}: ${why}; choose another place`);
    }
  });
});

Deno.test({
  name: "exportPath: a pipe is not opened, as whoever reads it would see its end",
  ignore: Deno.build.os === "windows",
  async fn() {
    await inFolder({}, async (folder) => {
      await new Deno.Command("mkfifo", { args: [`${folder}/pipe`] }).output();
      assertEquals(exportPath(`${folder}/pipe`), `${folder}/pipe`); // opening it would wait for a reader
    });
  },
});

Deno.test({
  name: "exportPath: what Deno protects is refused, and why",
  ignore: Deno.build.os !== "linux",
  permissions: { read: true, write: true },
  fn() {
    const said = "Deno protects files in /dev, /proc and /sys; choose another place";
    assertEquals(refusal("/proc/self/comm"), `cannot write to /proc/self/comm: ${said}`);
  },
});

Deno.test({
  name: "exportPath: a file that may not be written is refused",
  permissions: { read: true },
  fn() {
    assertMatch(refusal("deno.json"), /^cannot write to deno\.json: .*; choose another place$/);
  },
});

Deno.test({
  name: "exportPath: a path that may be written but not looked at is taken as it is",
  permissions: { write: true },
  fn() {
    assertEquals(exportPath("/nosuch/file"), "/nosuch/file");
  },
});

Deno.test("writeFileOrStdout: a file's whole text, or stdout as it is", async () => {
  const { stdout } = testSession();
  await inFolder({ file: "a longer text" }, async (folder) => {
    await writeFileOrStdout(`${folder}/file`, "2×1\n", stdout);
    assertEquals([Deno.readTextFileSync(`${folder}/file`), stdout.written], ["2×1\n", ""]);
    await writeFileOrStdout("-", "2×1\n", stdout);
    assertEquals(stdout.exact, "2×1\n");
    await assertRejects(
      () => writeFileOrStdout(`${folder}/none/file`, "", stdout),
      OutputError,
      `cannot write to ${folder}/none/file: No such file or directory; choose another place`,
    );
  });
});

import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { exportPath } from "../../../lib/cli/terminal/export_file.ts";
import { refuseSameFile, type UsedFile } from "../../../lib/cli/terminal/same_file.ts";
import { UsageError } from "../../../lib/errors.ts";
import { run, testEach } from "../programs.ts";

const unix = Deno.build.os !== "windows";
const streams = { identity: () => null };

async function inFolder(test: (folder: string) => void | Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "tandem_same_" });
  try {
    await test(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const used = (name: string, at: UsedFile["at"], written: boolean): UsedFile => ({ name, at, written });

Deno.test("refuseSameFile: a written file is no other one, by a link, by a second path, or where it does not exist yet", async () => {
  await inFolder((folder) => {
    const file = `${folder}/file`;
    Deno.writeTextFileSync(file, "1\n");
    Deno.symlinkSync(file, `${folder}/link`);
    Deno.linkSync(file, `${folder}/second`);
    for (const at of [file, `${folder}/./file`, `${folder}/link`, `${folder}/second`]) {
      for (
        const files of [[used("a", file, true), used("b", at, false)], [used("a", file, false), used("b", at, true)]]
      ) {
        assertThrows(() => refuseSameFile(files, streams), UsageError, "a and b are the same file");
      }
      refuseSameFile([used("a", file, false), used("b", at, false)], streams);
    }
    const missing = [used("a", `${folder}/new`, true), used("b", `${folder}/x/../new`, true)];
    assertThrows(() => refuseSameFile(missing, streams), UsageError, "a and b are the same file");
    refuseSameFile([used("a", `${folder}/new`, true), used("b", file, true)], streams);
    const three = [used("a", file, true), used("b", `${folder}/new`, true), used("c", `${folder}/link`, false)];
    assertThrows(() => refuseSameFile(three, streams), UsageError, "a and c are the same file");
  });
});

Deno.test("refuseSameFile: streams are compared by their files too; a pipe or a device is never the same", async () => {
  await inFolder((folder) => {
    Deno.writeTextFileSync(`${folder}/file`, "");
    const { dev, ino } = Deno.statSync(`${folder}/file`);
    const session = { identity: () => ({ dev, ino: ino! }) };
    const files = [used("stdout", 1, true), used("--journal", `${folder}/file`, true)];
    assertThrows(() => refuseSameFile(files, session), UsageError, "stdout and --journal are the same file");
    refuseSameFile(files, streams);
    assertThrows(
      () => refuseSameFile([files[0], used("stdin", 0, false)], session),
      UsageError,
      "stdout and stdin are",
    );
    refuseSameFile([used("a", "/dev/null", true), used("b", "/dev/null", false)], streams);
  });
});

testEach("run, compare: one file for two uses is refused before the first byte", async (program) => {
  await inFolder(async (folder) => {
    const job = `${folder}/job.js`;
    const source = "export default (n) => n;\n";
    Deno.writeTextFileSync(job, source);
    const script = (redirections: string) => ["sh", "-c", `cd ${folder}; exec "$@" ${redirections}`, "sh"];
    for (
      const [args, redirections, said] of [
        [["run", job, "f"], ">> f", "stdout and the input f"],
        [["run", job], "< f >> f", "stdout and stdin"],
        [["run", job, "f", "--journal", "out"], "> out", "stdout and --journal out"],
        [["run", job, "f", "--journal", "f"], "> out", "--journal f and the input f"],
        [["run", job, "f", "--export-json", "f"], "", "--export-json f and the input f"],
        [["run", job, "f", "--export-json", "job.js"], "", "--export-json job.js and the job"],
        [["run", job, "f", "--export-json", "new", "--journal", "./new"], "", "--journal ./new and --export-json new"],
        [["compare", job, "--items", "f", "--save-plan", "f"], "", "--items f and --save-plan"],
        [["compare", job, "--items", "f"], ">> f", "stdout and --items f"],
      ] as const
    ) {
      Deno.writeTextFileSync(`${folder}/f`, "1\n2\n");
      const wrap = (command: readonly string[]) => [...script(redirections), ...command];
      const { code, stderr } = await run(program, args, { wrap });
      assertEquals(code, 2, `${args.join(" ")} ${redirections}: ${stderr}`);
      assertStringIncludes(stderr, `${said} are the same file; give one of them another file`);
      const texts = [Deno.readTextFileSync(`${folder}/f`), Deno.readTextFileSync(job)];
      assertEquals(texts, ["1\n2\n", source]);
    }
  });
}, !unix);

Deno.test("exportPath: a file that cannot be written is refused, and a place that can is left as it was", async () => {
  await inFolder((folder) => {
    Deno.writeTextFileSync(`${folder}/old`, "old");
    assertEquals([exportPath(`${folder}/old`), exportPath(`${folder}/new`)], [`${folder}/old`, `${folder}/new`]);
    assertEquals([...Deno.readDirSync(folder)].map(({ name }) => name), ["old"]);
    assertEquals(Deno.readTextFileSync(`${folder}/old`), "old");
    Deno.symlinkSync(`${folder}/none/file`, `${folder}/dangling`);
    assertThrows(() => exportPath(`${folder}/dangling`), UsageError, "cannot write to");
  });
});

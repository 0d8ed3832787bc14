import { assertEquals, assertThrows } from "@std/assert";
import { checkProgram, ownPrograms, type Programs } from "../../../lib/cli/run/exec_program.ts";
import { UsageError } from "../../../lib/errors.ts";
import { inFolder } from "../in_folder.ts";

const ignore = Deno.build.os === "windows";
const refusal = (program: string, programs: Programs) =>
  assertThrows(() => checkProgram(program, programs), UsageError).message;

Deno.test({
  name: "--exec: this system's programs are those of its PATH, under their whole names",
  ignore,
  fn() {
    const own = ownPrograms();
    checkProgram("sh", own);
    checkProgram("/bin/sh", own);
    assertEquals(refusal("nosuch-program", own).includes("on your PATH"), true);
    assertEquals(own.endings, [""]);
    assertEquals(own.folders.some((folder) => own.stat(`${folder}/sh`)?.isFile), true);
  },
});

Deno.test({
  name: "--exec: a file is looked at where it is",
  ignore,
  async fn() {
    await inFolder({ script: "", notes: "" }, (root) => {
      Deno.chmodSync(`${root}/script`, 0o700);
      Deno.chmodSync(`${root}/notes`, 0o600);
      const own = { ...ownPrograms(), folders: [root] };
      checkProgram("script", own);
      checkProgram(`${root}/script`, own);
      assertEquals(refusal("notes", own), "--exec: notes is not executable; make it so: chmod +x notes");
      assertEquals(refusal(root, own), `--exec: no program ${root}; name one, or a command on your PATH`);
      return Promise.resolve();
    });
  },
});

Deno.test("--exec: a file is executable if its owner, its group or the others may run it", () => {
  const withMode = (mode: number): Programs => ({
    folders: ["/bin"],
    endings: [""],
    stat: () => ({ isFile: true, mode }),
  });
  for (const mode of [0o100, 0o010, 0o001]) checkProgram("tool", withMode(mode));
  for (const mode of [0o000, 0o666]) {
    assertEquals(
      refusal("tool", withMode(mode)),
      "--exec: tool is not executable; make it so: chmod +x tool",
    );
  }
});

import { assertEquals, assertThrows } from "@std/assert";
import { checkProgram, type Programs } from "../../../lib/cli/run/exec_program.ts";
import { UsageError } from "../../../lib/errors.ts";

const files: Readonly<Record<string, { readonly isFile: boolean; readonly mode: number | null }>> = {
  "/bin/tool": { isFile: true, mode: 0o755 },
  "/bin/notes": { isFile: true, mode: 0o644 },
  "/usr/bin/notes": { isFile: true, mode: 0o644 },
  "/bin/folder": { isFile: false, mode: 0o755 },
  "./here": { isFile: true, mode: 0o711 },
  "C:/x/tool.EXE": { isFile: true, mode: null },
};
const unix: Programs = { folders: ["/usr/bin", "/bin", ""], endings: [""], stat: (path) => files[path] };
const windows: Programs = { folders: ["C:/x"], endings: ["", ".COM", ".EXE"], stat: (path) => files[path] };
const refusal = (program: string, programs = unix) =>
  assertThrows(() => checkProgram(program, programs), UsageError).message;

Deno.test("--exec: a program is found on the PATH, in the working folder if the PATH says so, or by its path", () => {
  for (const program of ["tool", "here", "/bin/tool", "./here"]) checkProgram(program, unix);
  checkProgram("tool", windows);
});

Deno.test("--exec: a program that is not there, or cannot be run", () => {
  assertEquals(refusal("tol"), '--exec: no program "tol" on your PATH; what only a shell knows needs --shell');
  assertEquals(refusal("folder"), '--exec: no program "folder" on your PATH; what only a shell knows needs --shell');
  assertEquals(refusal("./tool"), "--exec: no program ./tool; name one, or a command on your PATH");
  assertEquals(refusal("notes"), "--exec: notes is not executable; make it so: chmod +x notes");
  assertEquals(
    refusal("here", windows),
    '--exec: no program "here" on your PATH; what only a shell knows needs --shell',
  );
});

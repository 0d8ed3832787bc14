import { assert, assertEquals, assertThrows } from "@std/assert";
import { ownCommand, unpackModules, userCommand } from "../../../../lib/exec/host/process/slot_command.ts";
import { entryPoint } from "../../../../lib/entry_points.ts";
import { fileUrl } from "../../../../lib/paths.ts";
import { v8Flag } from "../../../../lib/own_program.ts";

const root = new URL("../../../../", import.meta.url);

Deno.test("slot commands: all threads of jobs have V8's flag, also under the user's own Deno, from source and in the executable", async () => {
  const { tasks } = JSON.parse(await Deno.readTextFile(new URL("deno.json", root)));
  using own = ownCommand();
  using users = userCommand("deno", ".");
  const given = [own.args, users.args, tasks.start.command.split(" "), tasks.compile.command.split(" ")];
  assertEquals(given.map((args: readonly string[]) => args.includes(v8Flag)), [true, true, true, true]);
  assert(users.args.indexOf(v8Flag) < users.args.indexOf("-"), "it is Deno's, not the program's");
});

Deno.test("slot commands: our own program starts as a slot, from the entry point of the sources", () => {
  using own = ownCommand();
  assertEquals([own.program, own.stdin, own.cwd], [Deno.execPath(), undefined, undefined]);
  assert(own.args.some((arg) => arg.endsWith(entryPoint("process").pathname)));
});

Deno.test("slot commands: the user's Deno finds the project's configuration, downloads nothing, asks nothing, and works in our folder", () => {
  using users = userCommand("/opt/deno", "/project");
  assertEquals([users.program, users.cwd, users.args[0], users.args.at(-1)], ["/opt/deno", "/project", "run", "-"]);
  for (const flag of ["--cached-only", "--no-prompt", "--allow-all"]) assert(users.args.includes(flag), flag);
  const { stdin = "" } = users;
  assert(stdin.includes(`import(${JSON.stringify(entryPoint("process").href)})`));
  const { chdir } = Deno;
  const folders: unknown[] = [];
  Deno.chdir = (folder) => void folders.push(folder);
  try {
    new Function(stdin.slice(0, stdin.indexOf("await")))();
  } finally {
    Deno.chdir = chdir;
  }
  assertEquals(folders, [Deno.cwd()]);
});

Deno.test("slot commands: modules are unpacked with all that they import, and gone when nobody needs them", async () => {
  const folder = await Deno.makeTempDir();
  const files = {
    "workers/slot.js":
      'import { a } from "../chunk-a.js"; export default [a, (await import("../deep/b.js")).b(), import.meta.url];',
    "chunk-a.js": 'import "./deep/b.js"; export const a = "a";',
    "deep/b.js": 'import { a } from "../chunk-a.js"; export const b = () => `b after ${a}`;',
    "workers/other.js": "export default 0;",
  };
  try {
    for (const name of ["workers", "deep"]) await Deno.mkdir(`${folder}/${name}`);
    for (const [name, text] of Object.entries(files)) await Deno.writeTextFile(`${folder}/${name}`, text);
    let copy: URL;
    {
      using unpacked = unpackModules(fileUrl(`${folder}/`), [fileUrl(`${folder}/workers/slot.js`)]);
      [copy] = unpacked.entries;
      assert(!copy.href.startsWith(fileUrl(folder).href));
      assertEquals((await import(copy.href)).default, ["a", "b after a", copy.href]);
      const names = [...Deno.readDirSync(new URL("./", copy))].map(({ name }) => name);
      assertEquals(names, ["slot.js"], "and nothing else");
    }
    assertThrows(() => Deno.statSync(new URL("../", copy)), Deno.errors.NotFound);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

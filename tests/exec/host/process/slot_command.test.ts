import { assert, assertEquals } from "@std/assert";
import { ownCommand, refusalOf } from "../../../../lib/exec/host/process/slot_command.ts";
import { wireVersion } from "../../../../lib/exec/host/process/frames.ts";
import { userCommand } from "../../../../lib/exec/host/process/user_command.ts";
import type { PermissionKind, Permissions } from "../../../../lib/exec/wire/permissions.ts";
import { entryPoint } from "../../../../lib/entry_points.ts";
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

Deno.test("slot commands: a process gets a job if it speaks our version and denies what is not granted whole", () => {
  const runtime = { name: "node", version: "24.1.0" } as const;
  const refused = (denies: readonly PermissionKind[], permissions: Permissions, wire = wireVersion) =>
    refusalOf({ wire, runtime, denies }, { command: { program: "node", args: [], denies: ["env"] }, permissions });
  const most = { read: true, write: true, run: true, sys: true, import: true } as const;
  assertEquals(refused([], { ...most, net: true, env: true, ffi: true }), undefined);
  assertEquals(refused(["net", "ffi"], most), undefined); // how it is started denies env
  assertEquals(refused(["ffi"], { ...most, net: ["a.example"] }), {
    kind: "refused",
    found: "node 24.1.0 cannot deny a job these permissions: net",
    code: "not-denied",
  });
  assertEquals(refused([], most)?.found, "node 24.1.0 cannot deny a job these permissions: net, ffi");
  assertEquals(refused(["net", "ffi"], most, wireVersion + 1), {
    kind: "refused",
    found: `its process (node 24.1.0) speaks version ${wireVersion + 1} of our protocol, this program ${wireVersion}`,
  });
});

import { assert, assertEquals } from "@std/assert";
import { ownCommand, userCommand } from "../../../../lib/exec/host/process/slot_command.ts";
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

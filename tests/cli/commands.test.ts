import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { commandNames, defaultCommand, loadCommand, loadCommands } from "../../lib/cli/commands.ts";
import { longHelp } from "../../lib/cli/table/help.ts";
import { callOf } from "../../lib/cli/table/parse.ts";
import { TandemError } from "../../lib/errors.ts";
import { virtualClock } from "../virtual_clock.ts";
import { call } from "./in_process.ts";
import { testSession } from "./test_session.ts";

Deno.test("commands: each is found by its name, and the default one is among them", async () => {
  const commands = await loadCommands();
  assertEquals(commands.map(({ name }) => name), commandNames);
  for (const name of commandNames) assertEquals((await loadCommand(name))?.name, name);
  assert(commandNames.includes(defaultCommand));
});

Deno.test("commands: no other name is one, not even that of a part of every object", async () => {
  for (const name of ["nosuch", "", "Run", "constructor", "toString", "__proto__"]) {
    assertEquals(await loadCommand(name), undefined);
  }
});

Deno.test("commands: what each one needs follows from its flags, before it is loaded", async () => {
  const needs = async (name: string, given: Readonly<Record<string, unknown>>, ...operands: readonly string[]) => {
    const command = (await loadCommand(name))!;
    return command.needs(callOf(command, { given, operands }).values, operands).toSorted();
  };
  assertEquals(await needs("help", {}), ["read"]);
  assertEquals(await needs("scale", {}), ["read", "run", "sys"]);
  // Run from source, each reads its own modules. run and compare read the job too, which names what it needs.
  for (const name of commandNames) assert((await needs(name, {}, "@primes")).includes("read"), name);
  const run = await needs("run", {}, "job.js");
  assert(!run.includes("net") && (await needs("run", { allowNet: ["a.com"] }, "job.js")).includes("net"));
});

Deno.test("commands: a command runs with its values and operands, and help knows all of them", async () => {
  const { session, stdout } = testSession();
  const run = async (name: string, values: Readonly<Record<string, unknown>>, ...operands: readonly string[]) =>
    await (await loadCommand(name))!.run(values, operands, session);
  assertEquals(await run("help", {}, "jobs"), 0);
  assertStringIncludes(stdout.text, longHelp((await loadCommand("jobs"))!, 80));
  assertEquals(await run("jobs", { json: true }), 0);
  assertStringIncludes(stdout.exact, '"command": "jobs"');
});

Deno.test("commands: what a command does is loaded when it runs, and may refuse what its flags do not", async () => {
  const lines = [["claims", "nosuch"], ["compare", "@nosuch"], ["run", "@nosuch"], ["explain", "nosuch"]];
  for (const line of lines) await assertRejects(() => call(line), TandemError, "nosuch");
  const { stdout } = await call(["streams", "--producer=task", "--take=1"], { clock: virtualClock() });
  assertEquals(stdout, "Interval #1\n");
});

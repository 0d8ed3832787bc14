import { assert, assertEquals } from "@std/assert";
import { loadCommands } from "../../../lib/cli/commands.ts";
import { help as runHelp } from "../../../lib/cli/help/help.ts";
import { longHelp } from "../../../lib/cli/table/help.ts";
import { topics } from "../../../lib/cli/table/topics.ts";
import { rewrap } from "../../../lib/cli/table/wrap.ts";
import { testSession } from "../test_session.ts";

const commands = await loadCommands();

Deno.test("topics: each has a text, and only the schema is for programs", async () => {
  for (const [name, { load, exact }] of Object.entries(topics)) {
    assert((await load(commands)).length > 100, name);
    assertEquals(exact ?? false, name === "json-schema", name);
  }
  const { $schema } = JSON.parse(await topics["json-schema"].load(commands)) as Readonly<Record<string, unknown>>;
  assertEquals(typeof $schema, "string");
});

/** What `tandem help NAME` writes: as text, and to stay as it is. */
async function helpOn(name: string, width: number) {
  const { session, stdout } = testSession({ style: { width } });
  await runHelp([name], commands, session);
  return stdout;
}

Deno.test("help COMMAND: its --help, and the topic of that name", async () => {
  for (const command of commands) {
    const topic = await topics[command.name]?.load(commands);
    const details = topic === undefined ? "" : `\n${rewrap(topic, 80)}`;
    assertEquals((await helpOn(command.name, 80)).text, longHelp(command, 80) + details);
  }
});

Deno.test("help TOPIC: as it was written where it fits, filled anew where it does not; JSON stays as it is", async () => {
  for (const [name, { load, exact }] of Object.entries(topics)) {
    const text = await load(commands);
    assert(text.endsWith("\n") && !text.endsWith("\n\n"), name);
    if (commands.some((command) => command.name === name)) continue; // see above
    const { text: shown, exact: kept } = await helpOn(name, 80);
    assertEquals(
      { text: shown, exact: kept },
      exact ? { text: "", exact: text } : { text: rewrap(text, 80), exact: "" },
    );
  }
  assertEquals((await helpOn("json-schema", 60)).exact, await topics["json-schema"].load(commands));
});

Deno.test("topics: filled anew for any width, no word is lost, added or moved", async () => {
  const words = (text: string) => text.split(/\s+/);
  for (const [name, { load, exact }] of Object.entries(topics)) {
    if (exact) continue;
    const text = await load(commands);
    for (const width of [1, 20, 40, 60, 79]) assertEquals(words(rewrap(text, width)), words(text), `${name}: ${width}`);
  }
});

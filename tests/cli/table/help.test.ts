import { testSession } from "../test_session.ts";
import { assert, assertEquals, assertMatch } from "@std/assert";
import { loadCommands } from "../../../lib/cli/commands.ts";
import { help as runHelp } from "../../../lib/cli/help/help.ts";
import { longHelp, programHelp, shortHelp } from "../../../lib/cli/table/help.ts";
import { flagName } from "../../../lib/cli/table/option.ts";
import { topics } from "../../../lib/cli/table/topics.ts";
import { rewrap } from "../../../lib/cli/table/wrap.ts";

const commands = await loadCommands();

/** Every text of the help that is made from the table, by its name. */
function texts(width: number): [string, string][] {
  return [
    ["help", programHelp(commands, width)],
    ...commands.flatMap((command): [string, string][] => [
      [`${command.name} -h`, shortHelp(command, width)],
      [`${command.name} --help`, longHelp(command, width)],
    ]),
  ];
}

Deno.test("help: every text of every command fits 80, 60 and 59 columns", () => {
  for (const width of [80, 60, 59]) {
    const tooLong = texts(width).flatMap(([name, text]) =>
      text.split("\n").filter((line) => line.length > width).map((line) => `${name}: ${line}`)
    );
    assertEquals(tooLong, [], `${width} columns`);
  }
});

Deno.test("help: every flag of the table is in --help exactly once", () => {
  for (const command of commands) {
    const shown = [...longHelp(command, 80).matchAll(/^ {2}(?:-\w, | {4})--([\w-]+)/gm)].map(([, name]) => name);
    assertEquals(shown.toSorted(), Object.keys(command.options).map(flagName).toSorted(), command.name);
  }
});

Deno.test("help: -h has one line for each flag on 80 columns, and no stop at its end", () => {
  for (const command of commands) {
    const [, flags] = shortHelp(command, 80).split("\nFlags:\n");
    const lines = flags.split("\n\n")[0].split("\n");
    for (const line of lines) assertMatch(line, /^ {2}(-\w, | {4})--[^ ]+( [^ ]+)? {2,}\S.*[^.]$/, command.name);
  }
});

Deno.test("help: each flag of a command with many has a group", () => {
  const many = commands.filter(({ options }) => Object.keys(options).length > 12);
  assertEquals(many.map(({ name }) => name), ["claims", "compare", "run"]);
  for (const { name, options } of many) {
    assertEquals(Object.keys(options).filter((key) => options[key].group === undefined), [], name);
  }
});

Deno.test("help: what a flag is by default, and what it may be", () => {
  const run = longHelp(commands.find(({ name }) => name === "run")!, 100);
  assertMatch(run, /--max-line SIZE +longest line\. A longer one is an error record\. \[default: 16MiB\]\n/);
  assertMatch(run, /--input json\|lines +what .* \[default: json\]\n/);
  assertMatch(run, /--mode MODE[^]*\[values: auto, serial, tasks, threads, both\]\s+\[default: auto\]\n/);
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

Deno.test("help: the program's help names each command and each topic once", () => {
  const text = programHelp(commands, 80);
  const names = [...commands.map(({ name }) => name), ...Object.keys(topics)];
  for (const name of new Set(names)) {
    assertEquals([...text.matchAll(new RegExp(`^ {2}${name} `, "gm"))].length, 1, name);
  }
});

import { assert, assertEquals } from "@std/assert";
import { loadCommands } from "../../../lib/cli/commands.ts";
import { help as runHelp } from "../../../lib/cli/help/help.ts";
import { longHelp } from "../../../lib/cli/table/help.ts";
import { flagName, type Option } from "../../../lib/cli/table/option.ts";
import { grantOptions } from "../../../lib/cli/job/grant_options.ts";
import { topics } from "../../../lib/cli/table/topics.ts";
import { parseCount, parseDuration, parseRate, parseSize } from "../../../lib/cli/table/units.ts";
import { rewrap } from "../../../lib/cli/table/wrap.ts";
import { testSession } from "../test_session.ts";

const commands = await loadCommands();

Deno.test("topics: each has a text, and only the schema and the man page are for programs", async () => {
  for (const [name, { load, exact }] of Object.entries(topics)) {
    assert((await load(commands)).length > 100, name);
    assertEquals(exact ?? false, ["json-schema", "man"].includes(name), name);
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

Deno.test("help units: every value that it shows is read as it says", async () => {
  const text = await topics.units.load(commands);
  const rows = (title: string) => new RegExp(`^${title},.*\\n\\n((?: {2}.*\\n)+)`, "m").exec(text)?.[1] ?? "";
  const units = (title: string) =>
    [...rows(title).matchAll(/^ {2}([^\s,]+(?:, [^\s,]+)*) /gm)].flatMap(([, names]) => names.split(", "));
  assertEquals(units("DURATIONS").map((unit) => parseDuration(`1${unit}`)), [1e-3, 1e-3, 1, 1e3, 6e4, 6e4, 3.6e6]);
  assertEquals(units("SIZES").map((unit) => parseSize(`1${unit}`)), [1, 1e3, 1e6, 1e9, 1024, 1024 ** 2, 1024 ** 3]);
  const counts = [...rows("COUNTS").matchAll(/(\w+) {2,}([\d,]+)/g)];
  assertEquals(counts.length, 3);
  for (const [, count, meant] of counts) assertEquals(`${parseCount(count)}`, meant.replaceAll(",", ""));
  const [, periods] = /at most so many may start: (.*?)\./s.exec(text) ?? [];
  for (const period of periods.split(/,\s+/)) assert(parseRate(`60/${period}`) !== undefined, period);
  assertEquals(parseRate("900/15min"), { count: 900, ms: 9e5 });
  assertEquals([parseDuration("1.5H"), parseDuration("1e3ms"), parseDuration("5 s")], [5.4e6, 1000, 5000]);
});

Deno.test("help permissions: every flag that grants something, and what it takes", async () => {
  const text = await topics.permissions.load(commands);
  const shown = [...text.matchAll(/^ {2}(--allow-[a-z]+)(?:\[=(\S+)\])?/gm)].map(([, flag, list]) => [flag, list]);
  assertEquals(
    shown,
    Object.entries<Option<unknown>>(grantOptions).map(([key, { placeholder }]) => [`--${flagName(key)}`, placeholder]),
  );
});

import { assertEquals, assertMatch } from "@std/assert";
import { loadCommands } from "../../../lib/cli/commands.ts";
import { longHelp, programHelp, shortHelp } from "../../../lib/cli/table/help.ts";
import { grant } from "../../../lib/cli/job/grant_options.ts";
import type { Command } from "../../../lib/cli/table/command.ts";
import {
  choice,
  count,
  file,
  flagName,
  group,
  often,
  optional,
  type Options,
  toggle,
} from "../../../lib/cli/table/option.ts";
import { topics } from "../../../lib/cli/table/topics.ts";

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
  assertEquals(many.map(({ name }) => name), [
    "claims",
    "compare",
    "run",
    "gather",
    "engine",
    "streams",
    "scale",
    "report",
  ]);
  for (const { name, options } of many) {
    assertEquals(Object.keys(options).filter((key) => options[key].group === undefined), [], name);
  }
});

Deno.test("help: what a flag is by default, and what it may be", () => {
  const run = longHelp(commands.find(({ name }) => name === "run")!, 100);
  assertMatch(
    run,
    /--max-line SIZE +longest item\. A longer one is an error record\. \[default: 16MiB\]\n/,
  );
  assertMatch(run, /--output json\|lines\|csv +what [^[]* \[default:\s+json\]\n/);
  assertMatch(run, /--mode MODE[^]*\[values: auto, serial, tasks, threads, both\]\s+\[default: auto\]\n/);
});

Deno.test("help: the program's help names each command and each topic once", () => {
  const text = programHelp(commands, 80);
  const names = [...commands.map(({ name }) => name), ...Object.keys(topics)];
  for (const name of new Set(names)) {
    assertEquals([...text.matchAll(new RegExp(`^ {2}${name} `, "gm"))].length, 1, name);
  }
});

const sampleOptions = {
  take: often(count(20, "items to take")),
  kind: choice(["one", "two"], "one", "a kind"),
  level: choice(["one", "two", "three", "four", "f"], "one", "words of 20 characters"),
  verdict: choice(["holds", "fails", "unclear", "x"], "x", "words of 21 characters"),
  journal: { ...file("its journal"), more: "It is new." },
  threads: { ...optional(count(1, "threads"), "as it says"), short: "j" },
  allowNet: often(grant("hosts", "HOST")),
  ...group("General", { help: toggle("show this help", "h") }),
};

const commandOf = (options: Options, operands?: Command["operands"]): Command => ({
  name: "sample",
  summary: "A sample",
  operands,
  examples: [{ line: "tandem sample a", what: "takes it" }],
  options,
  needs: () => [],
  run: () => Promise.resolve(0),
});

Deno.test("longHelp: examples, usage, then all flags in their groups, with what they take and what holds without them", () => {
  assertEquals(
    longHelp(commandOf(sampleOptions, { usage: "JOB [INPUT]", min: 1, max: 2 }), 80),
    `tandem sample: A sample

Examples:
  tandem sample a  takes it

Usage: tandem sample [FLAGS] JOB [INPUT]

Flags:
      --take N                      items to take [default: 20]
      --kind one|two                a kind [default: one]
      --level one|two|three|four|f  words of 20 characters [default: one]
      --verdict VERDICT             words of 21 characters [values: holds,
                                    fails, unclear, x] [default: x]
      --journal FILE                its journal. It is new.
  -j, --threads N                   threads [default: as it says]
      --allow-net[=HOST,...]        hosts

General:
  -h, --help  show this help
`,
  );
  assertMatch(longHelp(commandOf({}), 80), /\nUsage: tandem sample \[FLAGS\]\n/);
});

Deno.test("shortHelp: the flags that are used most, and how many there are", () => {
  assertEquals(
    shortHelp(commandOf(sampleOptions, { usage: "JOB", min: 1, max: 1 }), 80),
    `tandem sample: A sample

Usage: tandem sample [FLAGS] JOB

Flags:
      --take N                items to take
      --allow-net[=HOST,...]  hosts

--help shows all 8 flags.
`,
  );
});

Deno.test("shortHelp: one flag that is used most is enough", () => {
  const { take, journal, help } = sampleOptions;
  assertMatch(
    shortHelp(commandOf({ journal, take, help }), 80),
    /\nFlags:\n {6}--take N {2}items to take\n\n--help shows all 3 flags\.\n$/,
  );
});

Deno.test("shortHelp: all flags where none or each is marked as used most: --help says more of them then", () => {
  const { take, allowNet, journal, help } = sampleOptions;
  const tables: readonly Options[] = [{ take, allowNet }, { journal, help }, { journal }, { take }];
  for (const options of tables) {
    const text = shortHelp(commandOf(options), 80);
    assertEquals([...text.matchAll(/^ {2}.{4}--\w/gm)].length, Object.keys(options).length);
    assertMatch(text, /\n\n--help says more; tandem help sample is the same\.\n$/);
  }
});

Deno.test("shortHelp: whether help COMMAND says more than --help", () => {
  const last = (name: string) => {
    const command = { ...commandOf({ journal: sampleOptions.journal }), name };
    return shortHelp(command, 80).trimEnd().split("\n").at(-1);
  };
  assertEquals(last("streams"), "--help and tandem help streams say more."); // there is a topic of that name
  assertEquals(last("sample"), "--help says more; tandem help sample is the same.");
});

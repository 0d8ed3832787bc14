import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import * as table from "../../../lib/cli/commands.ts";
import { fileLayer, variableLayer } from "../../../lib/cli/config/read_layer.ts";
import { UsageError } from "../../../lib/errors.ts";
import { inFolder } from "../in_folder.ts";

const run = (await table.loadCommand("run"))!;

/** What a file with this text gives a command. */
async function valuesOf(text: string, name = "run"): Promise<unknown> {
  const command = (await table.loadCommand(name))!;
  return await inFolder({ file: text }, async (root) => {
    const { from, values } = await fileLayer(`${root}/file`, command, table);
    assertEquals(from, `${root}/file`);
    return values;
  });
}

/** Why a file with this text is refused, without its path. */
async function refusalOf(text: string, name = "run"): Promise<string> {
  const command = (await table.loadCommand(name))!;
  return await inFolder({ file: text }, async (root) => {
    const { message } = await assertRejects(() => fileLayer(`${root}/file`, command, table), UsageError);
    return message.replace(`${root}/file`, "");
  });
}

/** What the variable of a flag of `run` gives. */
function variableValue(key: string, text: string): unknown {
  const { from, values } = variableLayer({ key, name: "TANDEM_X", text }, run);
  assertEquals([from, Object.keys(values)], ["TANDEM_X", [key]]);
  return values[key];
}

Deno.test("fileLayer: comments, a comma at the end, and a byte order mark, as editors write it", async () => {
  assertEquals(await valuesOf('\ufeff{ // ours\n "run": { /* nine */ "tasks": 9, }, }'), { tasks: 9 });
  assertEquals(await valuesOf("{}"), {});
});

Deno.test("fileLayer: the command's section over that for all commands, which may have flags of others", async () => {
  const text = '{ "run": { "timeout": "1s" }, "all": { "timeout": "9s", "grid": true, "quiet": true }, "scale": {} }';
  assertEquals(await valuesOf(text), { timeout: 1000, quiet: true });
  assertEquals(await valuesOf(text, "jobs"), {});
  assertEquals(await valuesOf(text, "compare"), { timeout: 9000, grid: true, quiet: true });
});

Deno.test("fileLayer: numbers as numbers or as texts, and a list as one or several", async () => {
  assertEquals(await valuesOf('{ "run": { "retries": 2, "limit": "10k", "tag": false } }'), {
    retries: 2,
    limit: 10_000,
    tag: false,
  });
  assertEquals(await valuesOf('{ "scale": { "kinds": ["timer", "thread"] } }', "scale"), {
    kinds: ["timer", "thread"],
  });
  assertEquals(await valuesOf('{ "scale": { "kinds": "timer,thread" } }', "scale"), { kinds: ["timer", "thread"] });
});

const wrongFiles: readonly (readonly [text: string, message: string])[] = [
  ['{ "run": {\n "retries": -1 } }', ":2: run.retries is -1: expected a whole number from 0 to 1000, like 1"],
  [
    '{ // "retries"\n "run":\n{ "maxLine": "16" } }',
    ':3: run.maxLine is "16": expected a size with its unit, like 16MiB; did you mean 16MiB?',
  ],
  ['{ "run": { "tag": "yes" } }', ':1: run.tag is "yes": expected true or false'],
  ['{ "run": { "limit": null } }', ":1: run.limit is null: expected a whole number, 1 or more, like 1"],
  ['{ "run": { "max-line": "1kb" } }', ":1: run.max-line is spelt as on a command line; in a file, write maxLine"],
  ['{ "run": { "retires": 1 } }', ":1: run.retires is not a flag of run. Did you mean retries?"],
  ['{ "all": { "retires": 1 } }', ":1: all.retires is not a flag of run. Did you mean retries?"],
  ['{ "rnu": {} }', ":1: rnu is not a command. Did you mean run?"],
  ['{ "x": {} }', ':1: x is not a command. A section is a command\'s name, or "all".'],
  ['{ "run": 1 }', ':1: run is not an object, like { "rounds": 20 }'],
  ['{ "run": null }', ':1: run is not an object, like { "rounds": 20 }'],
  ['{ "run": [] }', ':1: run is not an object, like { "rounds": 20 }'],
  ["null", ': expected an object, like { "compare": { "rounds": 20 } }'],
  ["1", ': expected an object, like { "compare": { "rounds": 20 } }'],
  ['{ "run": { "quiet": 1 } }', ":1: run.quiet is 1: expected true or false"],
  ['{ "run": { "limit": [5] } }', ":1: run.limit is [5]: expected a whole number, 1 or more, like 1"],
  ['{ "run": { "limit": true } }', ":1: run.limit is true: expected a whole number, 1 or more, like 1"],
  [
    '{ "run": {},\n /* "run":\n "xyz" */\n "run": { "tag": true, "xyz": "//" } }',
    ":4: run.xyz is not a flag of run. See: tandem help run",
  ],
  ['\n{ "run": { "xyz": 1 }\n\n}', ":2: run.xyz is not a flag of run. See: tandem help run"],
  ['\n{ "run" 1\n\n}', ':2: not JSON with comments: unexpected token "1"'],
  [
    '{ "run": { "mode": "threads",\n "threads" : "x" } }',
    ':2: run.threads is "x": expected a whole number from 1 to 1024, like 1',
  ],
  ['{ "run": { "toString": 1 } }', ":1: run.toString is not a flag of run. See: tandem help run"],
  ['{ "run": { "grid": true } }', ":1: run.grid is not a flag of run. See: tandem help run"],
  ["[]", ': expected an object, like { "compare": { "rounds": 20 } }'],
  ['{\n\n "run" 1 }', ':3: not JSON with comments: unexpected token "1"'],
  ['{\n "run": {', ":2: not JSON with comments: unexpected end of JSONC input"],
  [
    '{ "run": { "allowNet": true } }',
    ":1: run.allowNet is not allowed, because it grants permissions: only the command line may say --allow-net; remove it here",
  ],
  [
    '{ "all": { "allowAll": true } }',
    ":1: all.allowAll is not allowed, because it grants permissions: only the command line may say --allow-all; remove it here",
  ],
  [
    '{ "run": { "deno": "./x" } }',
    ":1: run.deno is not allowed, because it names a file or a program: only the command line may say --deno; remove it here",
  ],
  [
    '{ "all": { "savePlan": "x" } }',
    ":1: all.savePlan is not allowed, because it names a file or a program: only the command line may say --save-plan; remove it here",
  ],
  [
    '{ "run": { "help": true } }',
    ":1: run.help is not allowed, because it is an action: only the command line may say --help; remove it here",
  ],
];

Deno.test("fileLayer: what a file may not say is refused, with file, line, key, value and what is expected", async () => {
  for (const [text, message] of wrongFiles) assertEquals(await refusalOf(text), message);
});

Deno.test("fileLayer: a file that cannot be read is refused, and why", async () => {
  const error = await inFolder({}, (root) => assertRejects(() => fileLayer(`${root}/file`, run, table), UsageError));
  assertEquals(error.message.replace(/^\S+\/file/, ""), ": cannot be read: No such file or directory");
});

Deno.test("variableLayer: the value that the flag's row reads; a switch has four words", () => {
  assertEquals(["1", "true", "0", "false"].map((text) => variableValue("tag", text)), [true, true, false, false]);
  assertEquals([variableValue("retries", "1"), variableValue("shard", "1/4")], [1, { index: 1, count: 4 }]);
});

Deno.test("variableLayer: what a variable may not say is refused", () => {
  const wrong: readonly (readonly [key: string, text: string, message: string])[] = [
    ["retries", "x", "TANDEM_X=x: expected a whole number from 0 to 1000, like 1"],
    ["tag", "yes", "TANDEM_X=yes: expected true or false"],
    ["tag", "toString", "TANDEM_X=toString: expected true or false"],
    [
      "allowNet",
      "a.com",
      "the variable TANDEM_X is not allowed, because it grants permissions: only the command line may say --allow-net; unset it",
    ],
    [
      "journal",
      "j",
      "the variable TANDEM_X is not allowed, because it names a file or a program: only the command line may say --journal; unset it",
    ],
    [
      "help",
      "1",
      "the variable TANDEM_X is not allowed, because it is an action: only the command line may say --help; unset it",
    ],
  ];
  for (const [key, text, message] of wrong) {
    assertEquals(assertThrows(() => variableValue(key, text), UsageError).message, message);
  }
});

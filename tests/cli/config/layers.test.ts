import { assertEquals, assertMatch, assertRejects } from "@std/assert";
import * as table from "../../../lib/cli/commands.ts";
import { readLayers } from "../../../lib/cli/config/layers.ts";
import { UsageError } from "../../../lib/errors.ts";
import { homeGuard } from "../../../lib/jobs/project.ts";
import { run, testEach } from "../programs.ts";

/** What surrounds the program in a test: variables, and files of a folder. `folder`: where it runs, from there. */
interface Given {
  readonly env?: Readonly<Record<string, string>>;
  readonly files?: Readonly<Record<string, string>>;
  readonly folder?: string;
}

/** Calls `use` with a folder that has these files. */
async function inFolder<T>(files: Given["files"], use: (root: string) => Promise<T>): Promise<T> {
  const root = Deno.makeTempDirSync();
  try {
    for (const [path, text] of Object.entries(files ?? {})) {
      Deno.mkdirSync(`${root}/${path}`.replace(/\/[^/]*$/, ""), { recursive: true });
      Deno.writeTextFileSync(`${root}/${path}`, text);
    }
    return await use(root);
  } finally {
    Deno.removeSync(root, { recursive: true });
  }
}

/** The layers of a command, their paths without that of the folder, whose `home` is the home folder. */
async function layersOf(name: string, { env = {}, files, folder = "home/me/p" }: Given) {
  const command = await table.loadCommand(name);
  return await inFolder(files, async (root) => {
    const variables: Readonly<Record<string, string>> = { HOME: `${root}/home/me`, ...env };
    const layers = await readLayers(command!, table, {
      folder: `${root}/${folder}`,
      env: (name) => variables[name]?.replaceAll("ROOT", root),
      isFile: (path) => path.startsWith(root) && exists(path),
      homeGuard,
    }).catch((error) => {
      throw error instanceof UsageError ? new UsageError(error.message.replaceAll(root, "")) : error;
    });
    return layers.map(({ from, values }) => [from.replace(root, ""), values]);
  });
}

function exists(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}

const user = "home/me/.config/tandem/config.jsonc";
const project = "home/me/p/tandem.jsonc";

Deno.test("layers: a project's file cannot take back what protects the user, where the user's own file says it", async () => {
  const files = {
    [user]: '{"run":{"isolate":"process","memory":"1GiB","quiet":true}}',
    [project]: '{"run":{"isolate":"worker","memory":"9GiB","timeout":"5s","quiet":false}}',
  };
  const [own, theirs] = await layersOf("run", { files });
  assertEquals(own[1], { isolate: "process", memory: 2 ** 30, quiet: true });
  assertEquals(theirs[1], { timeout: 5_000, quiet: false });
  assertEquals((await layersOf("run", { files: { [project]: files[project] } }))[0][1], {
    isolate: "worker",
    memory: 9 * 2 ** 30,
    timeout: 5_000,
    quiet: false,
  });
});

Deno.test("layers: nothing is given, and nothing is read", async () => {
  assertEquals(await layersOf("run", { files: { "home/me/p/deno.json": "{" } }), []);
});

Deno.test("layers: the user's file, the project's, variables; each read by the row of its flag", async () => {
  const files = {
    [user]: '{ "compare": { "maxTime": "2m", "rounds": 7 } }',
    [project]: '{ // ours\n "compare": { "maxTime": "90s", "grid": true, }, "run": { "retries": 3 } }',
  };
  assertEquals(
    await layersOf("compare", { files, env: { TANDEM_MAX_TIME: "1m", TANDEM_ONCE: "0", TANDEM_SEED: "" } }),
    [
      [`/${user}`, { maxTime: 120_000, rounds: 7 }],
      [`/${project}`, { maxTime: 90_000, grid: true }],
      ["TANDEM_ONCE", { once: false }],
      ["TANDEM_MAX_TIME", { maxTime: 60_000 }],
    ],
  );
  assertEquals(await layersOf("run", { files, env: { TANDEM_MAX_TIME: "1m", TANDEM_SHARD: "1/4" } }), [
    [`/${user}`, {}],
    [`/${project}`, { retries: 3 }],
    ["TANDEM_SHARD", { shard: { index: 1, count: 4 } }],
  ]);
});

Deno.test("layers: a section for all commands is below a command's own, and may have flags of others", async () => {
  const files = {
    [project]: '{ "run": { "timeout": "1s" }, "all": { "timeout": "9s", "grid": true, "quiet": true } }',
  };
  assertEquals(await layersOf("run", { files }), [[`/${project}`, { timeout: 1000, quiet: true }]]);
  assertEquals(await layersOf("jobs", { files }), [[`/${project}`, {}]]);
});

Deno.test("layers: the nearest file above the working folder, never that of the home folder or the root", async () => {
  const files = {
    "home/me/tandem.jsonc": '{ "run": { "retries": 1 } }',
    [project]: '{ "run": { "retries": 2 } }',
    "home/me/p/a/b/tandem.jsonc": '{ "run": { "retries": 3 } }',
    "home/me/q/x": "",
  };
  const retries = async (folder: string) => await layersOf("run", { files, folder });
  assertEquals(await retries("home/me/p/a/b"), [["/home/me/p/a/b/tandem.jsonc", { retries: 3 }]]);
  assertEquals(await retries("home/me/p/a"), [[`/${project}`, { retries: 2 }]]);
  assertEquals(await retries("home/me/q"), []);
  assertEquals(await retries("home/me"), []);
  assertEquals(await layersOf("run", { files, folder: "home/me", env: { HOME: "ROOT/home/me/" } }), []);
});

Deno.test("layers: XDG_CONFIG_HOME says where the user's file is", async () => {
  const files = { [user]: "not read", "xdg/tandem/config.jsonc": '{ "run": { "tasks": 9 } }' };
  const env = { XDG_CONFIG_HOME: "ROOT/xdg" };
  assertEquals(await layersOf("run", { files, env }), [["/xdg/tandem/config.jsonc", { tasks: 9 }]]);
});

Deno.test("layers: a byte order mark, as editors write it, is not part of the file", async () => {
  const files = { [project]: '\ufeff{ "run": { "tasks": 9 } }' };
  assertEquals(await layersOf("run", { files }), [[`/${project}`, { tasks: 9 }]]);
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

Deno.test("layers: what a file may not say is refused, with file, line, key, value and what is expected", async () => {
  for (const [text, message] of wrongFiles) {
    const error = await assertRejects(() => layersOf("run", { files: { [project]: text } }), UsageError);
    assertEquals(error.message, `/${project}${message}`);
  }
});

Deno.test("layers: what a variable may not say is refused", async () => {
  const wrong: readonly (readonly [variable: string, text: string, message: string])[] = [
    ["TANDEM_RETRIES", "x", "TANDEM_RETRIES=x: expected a whole number from 0 to 1000, like 1"],
    ["TANDEM_TAG", "yes", "TANDEM_TAG=yes: expected true or false"],
    [
      "TANDEM_ALLOW_NET",
      "a.com",
      "the variable TANDEM_ALLOW_NET is not allowed, because it grants permissions: only the command line may say --allow-net; unset it",
    ],
    [
      "TANDEM_JOURNAL",
      "j",
      "the variable TANDEM_JOURNAL is not allowed, because it names a file or a program: only the command line may say --journal; unset it",
    ],
  ];
  for (const [name, text, message] of wrong) {
    const error = await assertRejects(() => layersOf("run", { env: { [name]: text } }), UsageError);
    assertEquals(error.message, message);
  }
  assertEquals(await layersOf("run", { env: { TANDEM_VERSION: "1", TANDEM_HELP: "1", TANDEM_NOSUCH: "1" } }), []);
});

Deno.test("layers: only the command line may grant, name files, or choose a program", async () => {
  const commands = await table.loadCommands();
  const onlyFlags = commands.flatMap(({ options }) => Object.keys(options).filter((key) => options[key].flagOnly));
  const others = commands.flatMap(({ options }) => Object.keys(options).filter((key) => !options[key].flagOnly));
  assertEquals(
    others.filter((key) => /^allow|^deno$|plan$|journal|json$|file/i.test(key) && !["json", "ndjson"].includes(key)),
    [],
  );
  const placeholders = commands.flatMap(({ options }) =>
    Object.values(options).flatMap(({ flagOnly, placeholder }) => flagOnly ? [] : placeholder ?? [])
  );
  assertEquals([...new Set(placeholders)].filter((name) => !/\|/.test(name)).toSorted(), [
    "DURATION",
    "I/N",
    "KIND",
    "N",
    "SIZE",
  ]);
  for (const key of ["allowRead", "allowAll", "deno", "journal", "resume", "retryFailed", "exportJson", "savePlan"]) {
    assertEquals(onlyFlags.includes(key), true, key);
  }
});

testEach(
  "--show-config: each value, and what gives it; flags are stronger than variables and files",
  async (program) => {
    const files = { "p/tandem.jsonc": '{ "run": { "retries": 2, "limit": 5, "tag": true } }' };
    await inFolder(files, async (root) => {
      const args = ["run", "--show-config", "--limit=7", "--no-tag"];
      const inProject = (command: readonly string[]) => ["env", "-C", `${root}/p`, ...command];
      const env = { XDG_CONFIG_HOME: root, TANDEM_MAX_LINE: "1kib", TANDEM_LIMIT: "6" };
      const { code, stdout, stderr } = await run(program, args, { env, wrap: inProject });
      assertEquals([code, stderr], [0, ""]);
      const lines = stdout.trimEnd().split("\n").map((line) => line.split(/ {2,}/));
      const of = (flag: string) => lines.find(([name]) => name === flag)?.slice(1);
      assertEquals(of("--limit"), ["7", "command line"]);
      assertEquals(of("--tag"), ["false", "command line"]);
      assertEquals(of("--max-line"), ["1KiB", "TANDEM_MAX_LINE"]);
      assertEquals(of("--retries"), ["2", `${root}/p/tandem.jsonc`]);
      assertEquals([of("--threads"), of("--timeout")], [["chosen by --mode", "default"], ["no limit", "default"]]);
      assertEquals([of("--null"), of("--help")], [["false", "default"], undefined]);
    });
  },
);

Deno.test("layers: a program that may not see variables and files takes no values from them", async () => {
  const main = new URL("../../../main.ts", import.meta.url);
  await inFolder({ "tandem.jsonc": '{ "all": { "color": "always" } }' }, async (root) => {
    const colorWith = async (...permissions: readonly string[]) => {
      const args = [
        "run",
        "--frozen",
        "--cached-only",
        "--no-prompt",
        ...permissions,
        main.href,
        "jobs",
        "--show-config",
      ];
      const env = { TANDEM_COLOR: "never" };
      const { stdout, stderr } = await new Deno.Command(Deno.execPath(), { args, cwd: root, env }).output();
      const [, source] = /^--color +(.*)$/m.exec(new TextDecoder().decode(stdout)) ?? [];
      return source?.replace(root, "") ?? new TextDecoder().decode(stderr);
    };
    assertEquals(await colorWith(), "auto   default");
    assertEquals(await colorWith("--allow-read=."), "always  /tandem.jsonc");
    assertEquals(await colorWith("--allow-env=TANDEM_COLOR"), "never  TANDEM_COLOR");
  });
});

testEach("tandem.jsonc: a broken one stops commands, but not the help on it", async (program) => {
  await inFolder({ "p/tandem.jsonc": "{" }, async (root) => {
    const options = { wrap: (command: readonly string[]) => ["env", "-C", `${root}/p`, ...command] };
    assertMatch(
      (await run(program, ["jobs"], options)).stderr,
      /^tandem: \S+tandem\.jsonc:1: not JSON with comments: /,
    );
    const { code, stdout } = await run(program, ["help", "config"], options);
    assertEquals([code, stdout.includes("tandem.jsonc")], [0, true]);
  });
});

testEach("tandem.jsonc and TANDEM_: a run takes its values from them", async (program) => {
  await inFolder({ "p/tandem.jsonc": '{ "run": { "tag": true, "quiet": true } }' }, async (root) => {
    const inProject = (command: readonly string[]) => ["env", "-C", `${root}/p`, ...command];
    const env = { XDG_CONFIG_HOME: root, TANDEM_LIMIT: "2" };
    const ended = await run(program, ["run", "@noop", "-"], { env, wrap: inProject, input: "1\n2\n3\n" });
    assertEquals([ended.code, ended.stderr, ended.stdout.split("\n").length], [0, "", 3]);
    assertMatch(ended.stdout, /^{"line":1,/);
    const wrong = await run(program, ["run", "@noop", "--threads=2"], {
      env: { ...env, TANDEM_MODE: "serial" },
      wrap: inProject,
    });
    assertEquals([wrong.code, wrong.stdout], [2, ""]);
    assertEquals(
      wrong.stderr,
      "tandem: --mode serial has one thread, found --threads 2; leave one of the two flags out (values also come from " +
        `${root}/p/tandem.jsonc, TANDEM_MODE, TANDEM_LIMIT; see --show-config)\n`,
    );
    const refused = await run(program, ["run", "@noop"], { env: { ...env, TANDEM_ALLOW_ALL: "1" }, wrap: inProject });
    assertEquals([refused.code, refused.stdout], [2, ""]);
    assertMatch(refused.stderr, /^tandem: the variable TANDEM_ALLOW_ALL is not allowed, [^\n]*\n$/);
  });
});

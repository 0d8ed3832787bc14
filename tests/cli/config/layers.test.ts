import { assertEquals } from "@std/assert";
import * as table from "../../../lib/cli/commands.ts";
import { processSurroundings, readLayers } from "../../../lib/cli/config/layers.ts";
import { homeGuard } from "../../../lib/jobs/project.ts";
import { inFolder } from "../in_folder.ts";

/** What surrounds the program in a test: variables, and files of a folder. `folder`: where it runs, from there. */
interface Given {
  readonly env?: Readonly<Record<string, string>>;
  readonly files?: Readonly<Record<string, string>>;
  readonly folder?: string;
}

/** The layers of a command, their paths without that of the folder, whose `home` is the home folder. */
async function layersOf(name: string, { env = {}, files, folder = "home/me/p" }: Given) {
  const command = await table.loadCommand(name);
  return await inFolder(files ?? {}, async (root) => {
    const variables: Readonly<Record<string, string>> = { HOME: `${root}/home/me`, ...env };
    const layers = await readLayers(command!, table, {
      folder: `${root}/${folder}`,
      env: (name) => variables[name]?.replaceAll("ROOT", root),
      isFile: (path) => path.startsWith(root) && exists(path),
      homeGuard,
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

Deno.test("layers: without a home folder no user's file is looked for", async () => {
  const command = await table.loadCommand("run");
  for (const home of [undefined, ""]) {
    const asked: string[] = [];
    const layers = await readLayers(command!, table, {
      folder: "/a/b",
      env: (name) => name === "HOME" ? home : undefined,
      isFile: (path) => (asked.push(path), false),
      homeGuard: () => () => false,
    });
    assertEquals([layers, asked], [[], ["/a/b/tandem.jsonc", "/a/tandem.jsonc"]]);
  }
});

Deno.test("layers: variables alone, and files alone", async () => {
  assertEquals(await layersOf("run", { env: { TANDEM_TASKS: "9" } }), [["TANDEM_TASKS", { tasks: 9 }]]);
  assertEquals(await layersOf("run", { files: { [project]: "{}" } }), [[`/${project}`, {}]]);
});

Deno.test("layers: a variable of an action, or of no flag, is nothing to us", async () => {
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
    "ANSWER",
    "DURATION",
    "FIELD",
    "KIND",
    "N",
    "NAME,...",
    "PERCENT",
    "RATE",
    "SIZE",
  ]);
  for (
    const key of [
      "allowRead",
      "allowAll",
      "deno",
      "journal",
      "resume",
      "retryFailed",
      "exportJson",
      "savePlan",
      "against",
    ]
  ) {
    assertEquals(onlyFlags.includes(key), true, key);
  }
});

Deno.test("processSurroundings: variables, the working folder and its files, as far as they may be seen", () => {
  const { folder, env, isFile, homeGuard } = processSurroundings();
  assertEquals([folder, env("PATH"), env("TANDEM_NOSUCH")], [Deno.cwd(), Deno.env.get("PATH"), undefined]);
  assertEquals(["deno.json", "lib", "nosuch"].map((name) => isFile(`${folder}/${name}`)), [true, false, false]);
  assertEquals([homeGuard(`${folder}/lib/..`)(folder), homeGuard(folder)(`${folder}/lib`)], [true, false]);
});

Deno.test({
  name: "processSurroundings: one variable and one folder may be seen, and nothing else is asked for",
  permissions: { env: ["PATH"], read: ["."] },
  fn() {
    const { folder, env, isFile, homeGuard } = processSurroundings();
    assertEquals([folder, env("PATH"), env("HOME")], [Deno.cwd(), Deno.env.get("PATH"), undefined]);
    assertEquals([isFile(`${folder}/deno.json`), isFile("/etc/passwd"), isFile(Deno.execPath())], [true, false, false]);
    assertEquals([homeGuard(folder)(folder), homeGuard(`${folder}/lib/..`)(folder)], [true, false]);
  },
});

Deno.test({
  name: "processSurroundings: nothing may be seen: no folder, no variable, no file",
  permissions: "none",
  fn() {
    const { folder, env, isFile, homeGuard } = processSurroundings();
    assertEquals([folder, env("PATH"), isFile("deno.json")], ["", undefined, false]);
    assertEquals(["/a", "/b"].map(homeGuard("/a")), [true, false]);
  },
});

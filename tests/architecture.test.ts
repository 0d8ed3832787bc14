import { assert, assertEquals } from "@std/assert";
import config from "../deno.json" with { type: "json" };
import { circles, type Edge, loadedBy, readImportGraph } from "./architecture/import_graph.ts";
import { refused, roomOf, rooms } from "./architecture/rooms.ts";

const root = new URL("../", import.meta.url);
const entries = ["main.ts", ...filesUnder("workers"), "lib/mod.ts"];
const sources = ["main.ts", ...filesUnder("lib"), ...filesUnder("workers")].filter((path) => path.endsWith(".ts"));
const graph = await readImportGraph(root, entries);
// The last two measure them.
const timerFiles = [
  "lib/clock.ts",
  "lib/cli/terminal/signals.ts",
  "lib/claims/thread/hops.ts",
  "lib/scale/kinds/timer.ts",
];

Deno.test("imports point one way, from room to room", () => {
  assertEquals(graph.edges.map(refused).filter((why) => why !== undefined), []);
});

Deno.test("no two files import each other, types included", () => {
  assertEquals(circles(graph.edges), []);
});

Deno.test("every import is there", () => {
  assertEquals(graph.errors, []);
});

Deno.test("every file of lib is used", () => {
  const used = new Set(graph.edges.flatMap(({ from, to }) => [from, to]));
  const unused = sources.filter((path) => !path.endsWith(".d.ts") && !used.has(path) && !entries.includes(path));
  assertEquals(unused.filter((path) => !onlyTested.includes(path)), []);
});

/** The door to @std/assert, and what a benchmark uses. */
const onlyTested = ["lib/std/assert.ts", "lib/stats/ratios.ts"];

Deno.test("planted: each rule names the import that breaks it", () => {
  const planted: readonly (readonly [from: string, to: string, says: string])[] = [
    ["lib/streams/x.ts", "lib/jobs/y.ts", "streams does not import jobs"],
    ["lib/report/x.ts", "lib/bench/y.ts", "report does not import bench"],
    ["lib/clock.ts", "lib/exec/pool/y.ts", "base does not import exec/pool"],
    ["lib/std/x.ts", "lib/model/item.ts", "std does not import base"],
    ["lib/bench/x.ts", "lib/cli/terminal/y.ts", "bench does not import cli/terminal"],
    ["lib/journal/x.ts", "lib/cli/job/y.ts", "journal does not import cli/job"],
    ["lib/exec/slot/x.ts", "lib/exec/pool/y.ts", "exec/slot does not import exec/pool"],
    ["lib/exec/slot/x.ts", "lib/exec/input/y.ts", "exec/slot does not import exec/input"],
    ["lib/exec/pool/x.ts", "lib/exec/slot/y.ts", "exec/pool does not import exec/slot"],
    ["lib/exec/host/x.ts", "lib/exec/slot/y.ts", "exec/host does not import exec/slot"],
    ["lib/exec/input/x.ts", "lib/exec/pool/y.ts", "exec/input does not import exec/pool"],
    ["lib/exec/wire/x.ts", "lib/exec/input/y.ts", "exec/wire does not import exec/input"],
    ["lib/cli/run/x.ts", "lib/cli/compare/y.ts", "cli/run does not import cli/compare"],
    ["lib/cli/table/x.ts", "lib/cli/job/y.ts", "cli/table does not import cli/job"],
    ["lib/cli/commands.ts", "lib/cli/run/run.ts", "of a command's folder, only its command.ts"],
    ["lib/cli/job/x.ts", "lib/cli/run/command.ts", "cli/job does not import cli/run"],
    ["lib/cli/run/x.ts", "main.ts", "cli/run does not import main"],
    ["lib/exec/host/x.ts", "workers/slot.ts", "exec/host does not import workers"],
    ["workers/slot.ts", "lib/report/y.ts", "workers does not import report"],
    ["lib/newroom/x.ts", "lib/clock.ts", "lib/newroom/x.ts is in no room of tests/architecture/rooms.ts"],
    ["lib/stats/x.ts", "simple-statistics", "not a file of a room, nor a package that lib may use"],
    ["lib/cli/run/x.ts", "npm:left-pad", "not a file of a room, nor a package that lib may use"],
    ["lib/cli/run/x.ts", "npmstd/text/levenshtein_distance.js", "only lib/std/ imports it"],
    ["lib/bench/x.ts", "valibot", "only lib/report/schema/ imports it"],
    ["lib/report/x.ts", "lib/report/schema/y.ts", "loads valibot; use import() where it is needed"],
    ["lib/report/x.ts", "lib/report/html/y.ts", "loads d3; use import() where it is needed"],
    ["lib/report/html/x.ts", "d3-scale", "only lib/report/html/d3.ts imports it"],
  ];
  const edge = (from: string, to: string): Edge => ({ from, to, dynamic: false, typeOnly: false });
  for (const [from, to, says] of planted) assertEquals(refused(edge(from, to)), `${from} -> ${to}: ${says}`);
  const right: readonly (readonly [from: string, to: string])[] = [
    ["lib/streams/x.ts", "@std/async"],
    ["lib/exec/pool/x.ts", "lib/exec/schedule/y.ts"],
    ["lib/claims/x.ts", "lib/bench/y.ts"],
    ["lib/cli/commands.ts", "lib/cli/run/command.ts"],
    ["lib/cli/compare/x.ts", "lib/cli/run/command.ts"],
    ["workers/slot.ts", "lib/exec/slot/y.ts"],
    ["lib/bench/x.ts", "node:os"],
  ];
  assertEquals(right.map(([from, to]) => refused(edge(from, to))), right.map(() => undefined));
  assertEquals(refused({ ...edge("lib/cli/run/x.ts", "lib/report/schema/y.ts"), dynamic: true }), undefined);
  assertEquals(refused({ ...edge("lib/cli/commands.ts", "lib/cli/run/run.ts"), dynamic: true }), undefined);
  const other = refused({ ...edge("lib/cli/commands.ts", "lib/cli/run/width.ts"), dynamic: true });
  assert(other?.endsWith("of a command's folder, only its command.ts"), other);
});

Deno.test("planted: a circle of types and a missing import are found in real files", async () => {
  const planted = await readImportGraph(root, ["tests/fixtures/circle/a.ts"]);
  assertEquals(circles(planted.edges), [["tests/fixtures/circle/a.ts", "tests/fixtures/circle/b.ts"]]);
  assert(planted.errors.some((error) => error.includes("tests/fixtures/circle/missing.ts")), `${planted.errors}`);
});

Deno.test("planted: a circle through three files, and none in a chain", () => {
  const chain = ["a", "b", "c", "d"].map((from, i, all) => ({
    from,
    to: all[i + 1] ?? "b",
    dynamic: true,
    typeOnly: true,
  }));
  assertEquals(circles(chain), [["b", "c", "d"]]);
  assertEquals(circles(chain.slice(0, 3)), []);
  assertEquals([...loadedBy(chain.map((one, i) => ({ ...one, dynamic: i === 1, typeOnly: false })), "a")], ["a", "b"]);
});

Deno.test("each room of the table has files, and lib/README.md names each folder of lib", () => {
  assertEquals(Object.keys(rooms).filter((room) => !sources.some((path) => roomOf(path) === room)), []);
  const readme = read("lib/README.md");
  const folders = new Set(sources.filter((path) => path.split("/").length > 2).map((path) => path.split("/")[1]));
  assertEquals([...folders].filter((folder) => !new RegExp(`^ +${folder}/ `, "m").test(readme)), []);
  const named = [...readme.matchAll(/^ {2}(\w+)\/ /gm)].map(([, folder]) => folder);
  assertEquals(named.filter((folder) => !folders.has(folder)), []);
});

Deno.test("lib/README.md: its layout names the folders within exec and cli, its text the files of lib", () => {
  const readme = read("lib/README.md");
  const inner = (folder: string) =>
    new Set(
      sources.filter((path) => path.startsWith(`lib/${folder}/`) && path.split("/").length > 3)
        .map((path) => path.split("/")[2]),
    );
  for (const folder of ["exec", "cli"]) {
    const [, block] = new RegExp(`^ {2}${folder}/ .*\\n((?: {4}.*\\n)+)`, "m").exec(readme) ?? [];
    const named = [...block.matchAll(/^ {4}((?:\w+\/ )+)/gm)].flatMap(([, names]) => names.trim().split(" "));
    assertEquals(named.toSorted(), [...inner(folder)].map((name) => `${name}/`).toSorted());
  }
  const files = sources.filter((path) => /^lib\/\w+\.ts$/.test(path)).map((path) => path.slice("lib/".length));
  assertEquals(files.filter((file) => !readme.includes(`\`${file}\``)), []);
});

Deno.test("lib/README.md: who imports whom names each room of the table, and no other", () => {
  const [, section] = /^### Who imports whom\n(.*?)^###/ms.exec(read("lib/README.md")) ?? [];
  const named = [...section.matchAll(/`([a-z/]+)`/g)].map(([, room]) => room);
  assertEquals([...new Set(named)].filter((room) => !Object.hasOwn(rooms, room)), []);
  const commands = [...Deno.readDirSync(new URL("lib/cli/", root))].map(({ name }) => `cli/${name}`)
    .filter((room) => sources.includes(`lib/${room}/command.ts`));
  assertEquals(Object.keys(rooms).filter((room) => !named.includes(room) && !commands.includes(room)), []);
});

Deno.test("lib/README.md: its glossary's terms in code are identifiers of lib", () => {
  const [, glossary] = /^## Glossary\n(.*)/ms.exec(read("lib/README.md")) ?? [];
  const terms = [...glossary.matchAll(/^\| (.*?) \|/gm)].flatMap(([, term]) => [...term.matchAll(/`(\w+)`/g)])
    .map(([, term]) => term);
  assert(terms.length > 20);
  const lib = sources.map(read).join("\n");
  assertEquals(terms.filter((term) => !new RegExp(`\\b${term}\\b`).test(lib)), []);
});

Deno.test("lib/README.md and CONTRIBUTING name files and folders that there are", () => {
  for (const [path, from] of [["lib/README.md", "lib/"], [".github/CONTRIBUTING.md", ""]]) {
    const named = [...read(path).matchAll(/`([\w.]+\/\w[\w./]*)`/g)].map(([, name]) => name);
    assert(named.length > 5);
    const known = (name: string) => exists(name) || exists(from + name) || Object.hasOwn(rooms, name);
    assertEquals(named.filter((name) => name !== "dist/tandem" && !known(name)), []);
  }
});

Deno.test("tests mirror lib", () => {
  const tested = filesUnder("tests").filter((path) => path.endsWith(".test.ts") && path.split("/").length > 2);
  const folders = new Set(sources.map((path) => path.replace(/^lib\//, "tests/").replace(/\/[^/]*$/, "")));
  const others = ["tests/engines", "tests/faults", "tests/mutation", "tests/readme", "tests/release"];
  const places = tested.map((path) => path.replace(/\/[^/]*$/, ""));
  assertEquals(places.filter((at) => !folders.has(at) && !others.includes(at)), []);
});

/** The texts of a file's code: what stands in quotes. Patterns of regular expressions and comments are none. */
function textsOf(code: string): string[] {
  const bare = code
    .replace(/\/\*[^]*?\*\/|^\s*\/\/.*$|\s\/\/ .*$/gm, "")
    .replace(/(?<=[\s(,=:[])\/(?![/*])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n])+\/[a-z]*/g, "/re/");
  return bare.match(/"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`/g) ?? [];
}

/** Where flags are spoken of: in the texts that the program shows, in the schema of their values; these are flags of Deno and Node. */
const speaksOfFlags = [
  "lib/cli/",
  "lib/report/",
  "lib/exec/host/process/user_command.ts",
  "lib/exec/host/process/node/node_command.ts",
  "lib/own_program.ts",
];

Deno.test("only lib/cli and lib/report know flags: what is below it says what happened, and its callers what to do", () => {
  const flag = /(?:^|[^\w-])--[a-z]/;
  const found = sources
    .filter((path) => !speaksOfFlags.some((place) => path.startsWith(place)))
    .flatMap((path) => textsOf(read(path)).filter((text) => flag.test(text)).map((text) => `${path}: ${text}`));
  assertEquals(found, []);
  const planted =
    'const a = /--re/; // "--comment"\nconst b = "give --more"; const c = `${i--} x--y`; f(`${a}: --no`);';
  assertEquals(textsOf(planted).filter((text) => flag.test(text)), ['"give --more"', "`${a}: --no`"]);
});

Deno.test("no source file is longer than 250 lines", () => {
  assertEquals(sources.filter((path) => read(path).trimEnd().split("\n").length > 250), []);
});

Deno.test("only lib/clock.ts, built-in jobs, threads that hop and the grace after Ctrl-C touch timers", () => {
  const timer = /\b(?:setTimeout|setInterval|performance\.now|AbortSignal\.timeout|Atomics\.wait(?:Async)?)\s*\(/;
  const wrong = sources
    .filter((path) => !timerFiles.includes(path) && !path.startsWith("lib/jobs/"))
    .flatMap((path) =>
      read(path).replace(/byHand:\s*`(?:\\.|[^`\\])*`/gs, "").split("\n").flatMap((line, i) =>
        timer.test(line.replace(/^\s*(?:\/\/|\/?\*).*$|\s\/\/ .*$/, "")) ? [`${path}:${i + 1}: ${line.trim()}`] : []
      )
    );
  assertEquals(wrong, []);
});

Deno.test("the version of Deno is that of .dvmrc everywhere", () => {
  const version = read(".dvmrc").trim();
  const texts = [
    "README.md",
    ".github/workflows/ci.yml",
    ".github/workflows/release.yml",
    ".github/CONTRIBUTING.md",
    ".ci/run",
    ...filesUnder("lib/cli"),
  ];
  const wrong = texts.filter(exists).flatMap((path) =>
    [...read(path).matchAll(/\bdeno(?:@| v?)(\d+\.\d+\.\d+)(?! or newer)/gi)]
      .filter(([, found]) => found !== version)
      .map(([text]) => `${path}: ${text}`)
  );
  assertEquals(wrong, []);
});

Deno.test("the compile task includes every worker", () => {
  const included = [...config.tasks.compile.command.matchAll(/--include \.cache\/bundle\/(workers\/\S+)\.m?js/g)].map((
    [, name],
  ) => `${name}.ts`);
  assertEquals(included.toSorted(), filesUnder("workers").toSorted());
});

Deno.test({
  name: "the top level has only what was agreed",
  ignore: !exists(".git"),
  async fn() {
    const agreed = [
      "deno.json",
      "deno.lock",
      "main.ts",
      "lib",
      "workers",
      "tests",
      "README.md",
      "LICENSE",
      "CHANGELOG.md",
    ];
    const { success, stdout, stderr } = await new Deno.Command("git", {
      args: ["ls-files", "--cached", "--others", "--exclude-standard"],
      cwd: root,
    }).output();
    assert(success, new TextDecoder().decode(stderr));
    const top = new Set(new TextDecoder().decode(stdout).trim().split("\n").map((path) => path.split("/")[0]));
    assertEquals([...top].filter((name) => !name.startsWith(".") && !agreed.includes(name)), []);
  },
});

function read(path: string): string {
  return Deno.readTextFileSync(new URL(path, root));
}

function exists(path: string): boolean {
  try {
    return Deno.statSync(new URL(path, root)) !== undefined;
  } catch {
    return false;
  }
}

function filesUnder(folder: string): string[] {
  return [...Deno.readDirSync(new URL(`${folder}/`, root))].flatMap(({ name, isDirectory }) =>
    isDirectory ? filesUnder(`${folder}/${name}`) : [`${folder}/${name}`]
  );
}

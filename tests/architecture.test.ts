import { assert, assertEquals } from "@std/assert";
import config from "../deno.json" with { type: "json" };

const root = new URL("../", import.meta.url);
const sources = ["main.ts", ...filesUnder("lib"), ...filesUnder("workers")].filter((path) => path.endsWith(".ts"));

/** Imports point to a lower level, or stay in the room. Rooms of one level do not import one another. */
const levels: Readonly<Record<string, number>> = {
  base: 0, // lib/std, model, errors, clock
  streams: 1,
  jobs: 1,
  exec: 1,
  stats: 1,
  report: 1,
  bench: 2,
  claims: 3,
  cli: 4,
  main: 5,
};
const baseFiles = ["lib/model.ts", "lib/errors.ts", "lib/clock.ts"];
const forWorkers = ["base", "streams", "jobs", "exec"];
const forTests = ["@exodus/schemasafe", "fast-check", "simple-statistics"];
const forSchemas = ["valibot", "@valibot/to-json-schema"]; // large: nothing else may load them
const timerFiles = ["lib/clock.ts", "lib/cli/terminal/signals.ts"]; // the latter for its grace timer

/** The room of a file; undefined if it is in none. */
function room(path: string): string | undefined {
  if (baseFiles.includes(path) || path.startsWith("lib/std/")) return "base";
  if (path === "main.ts") return "main";
  const [, inLib] = /^lib\/([^/]+)\//.exec(path) ?? [];
  if (inLib !== undefined) return Object.hasOwn(levels, inLib) && inLib !== "base" ? inLib : undefined;
  return path.startsWith("workers/") ? "workers" : undefined;
}

/** Why a file must not import that; undefined if it may. */
function forbidden(from: string, specifier: string): string | undefined {
  const to = target(from, specifier);
  const edge = `${from} -> ${to}`;
  if (to.startsWith("npmstd/")) {
    return from.startsWith("lib/std/") ? undefined : `${edge}: only lib/std names the npm build of @std`;
  }
  if (to.startsWith("node:") || to === "deno.json") return undefined;
  if (!to.startsWith("lib/") && !to.startsWith("workers/") && to !== "main.ts") {
    const known = Object.hasOwn(config.imports, to) && !forTests.includes(to);
    if (!known) return `${edge}: not in the import map, or for tests only`;
    const isSchema = from.startsWith("lib/report/schema/");
    return isSchema || !forSchemas.includes(to) ? undefined : `${edge}: only lib/report/schema loads it`;
  }
  const [here, there] = [room(from), room(to)];
  if (here === undefined || there === undefined) return `${edge}: a file in no room of the design`;
  if (from.startsWith("lib/std/") && !to.startsWith("lib/std/")) return `${edge}: lib/std imports nothing of ours`;
  if (here === there) return undefined;
  if (there === "workers") return `${edge}: workers/ are started, never imported`;
  if (here === "workers") return forWorkers.includes(there) ? undefined : `${edge}: workers do not use lib/${there}`;
  return levels[there] < levels[here] ? undefined : `${edge}: ${here} does not import ${there}`;
}

/** A specifier as a path from the top level, or as it is. */
function target(from: string, specifier: string): string {
  const mapped = Object.entries(config.imports).find(([name]) => name === specifier)?.[1] ?? specifier;
  if (mapped.startsWith("npm:")) return mapped === specifier ? mapped : specifier;
  const base = mapped === specifier ? new URL(from, "file:///") : new URL("file:///");
  return mapped.startsWith(".") ? new URL(mapped, base).pathname.slice(1) : mapped;
}

/** What a formatted source imports: static, `export from`, dynamic and type imports with a literal. */
function specifiers(source: string): string[] {
  const code = source.replace(/^\s*(?:\/\/|\/?\*).*$/gm, "");
  return [
    /^(?:import|export)\s[^;"'`=()]*?\bfrom\s*["']([^"']+)["']/gm,
    /^import\s*["']([^"']+)["']/gm,
    /\bimport\(\s*["'`]([^"'`$]+)["'`]/g,
  ].flatMap((pattern) => [...code.matchAll(pattern)].map(([, specifier]) => specifier));
}

Deno.test("imports point one way", () => {
  const wrong = sources.flatMap((path) =>
    specifiers(read(path)).map((specifier) => forbidden(path, specifier)).filter((why) => why !== undefined)
  );
  assertEquals(wrong, []);
});

Deno.test("the import rule knows wrong edges from right ones", () => {
  const wrong = [
    ["lib/streams/x.ts", "../jobs/y.ts"],
    ["lib/report/x.ts", "../bench/y.ts"],
    ["lib/clock.ts", "./exec/y.ts"],
    ["lib/bench/x.ts", "../cli/y.ts"],
    ["lib/cli/x.ts", "../../main.ts"],
    ["lib/cli/x.ts", "../nosuch/y.ts"],
    ["lib/cli/x.ts", "npmstd/text/levenshtein_distance.js"],
    ["lib/cli/x.ts", "npm:left-pad"],
    ["lib/cli/x.ts", "fast-check"],
    ["lib/cli/x.ts", "valibot"],
    ["lib/report/x.ts", "@valibot/to-json-schema"],
    ["lib/report/schema/x.ts", "@exodus/schemasafe"],
    ["lib/stats/x.ts", "simple-statistics"],
    ["lib/exec/x.ts", "../../workers/slot.ts"],
    ["lib/std/x.ts", "../model.ts"],
    ["workers/slot.ts", "../lib/report/y.ts"],
  ];
  const right = [
    ["lib/streams/x.ts", "../clock.ts"],
    ["lib/streams/x.ts", "@std/async"],
    ["lib/streams/x.ts", "./y.ts"],
    ["lib/report/schema/x.ts", "valibot"],
    ["lib/claims/x.ts", "../streams/y.ts"],
    ["lib/std/x.ts", "npmstd/text/levenshtein_distance.js"],
    ["lib/bench/x.ts", "node:os"],
    ["main.ts", "./lib/cli/mod.ts"],
    ["workers/slot.ts", "../lib/exec/y.ts"],
  ];
  assertEquals(wrong.filter(([from, to]) => forbidden(from, to) === undefined), []);
  assertEquals(right.map(([from, to]) => forbidden(from, to)).filter((why) => why !== undefined), []);
});

Deno.test("the import rule sees all kinds of imports", () => {
  const source = [
    'import a from "./a.ts";',
    'import {\n  b,\n  type B,\n} from "./b.ts";',
    'import "./c.ts";',
    'export * from "./d.ts";',
    'export { e } from "./e.ts";',
    'const f = await import("./f.ts");',
    'type G = import("./g.ts").G;',
    'import h from "./h.json" with { type: "json" };',
    '// import("./no.ts")',
    ' * import no from "./no.ts"',
    'export const text = "x"; // from "./no.ts"',
    "const user = await import(url);",
  ].join("\n");
  assertEquals(
    specifiers(source).toSorted(),
    ["a.ts", "b.ts", "c.ts", "d.ts", "e.ts", "f.ts", "g.ts", "h.json"].map((name) => `./${name}`),
  );
});

Deno.test("lib/report/schema is loaded by those who need it only: with import() from elsewhere", () => {
  const wrong = sources
    .filter((path) => !path.startsWith("lib/report/schema/"))
    .filter((path) => /^(?:import|export)\s(?!type\b)[^;(=]*["'][^"'\n]*\/schema\//m.test(read(path)));
  assertEquals(wrong, []);
});

Deno.test("only lib/clock.ts touches timers", () => {
  const timer = /\b(?:setTimeout|setInterval|performance\.now|Atomics\.wait(?:Async)?)\s*\(/;
  const wrong = sources
    .filter((path) => !timerFiles.includes(path) && !path.startsWith("lib/jobs/"))
    .flatMap((path) =>
      read(path).split("\n").flatMap((line, i) =>
        timer.test(line.replace(/^\s*(?:\/\/|\/?\*).*$|\s\/\/ .*$/, "")) ? [`${path}:${i + 1}: ${line.trim()}`] : []
      )
    );
  assertEquals(wrong, []);
});

Deno.test("the version of Deno is that of .dvmrc everywhere", () => {
  const version = read(".dvmrc").trim();
  const wrong = ["README.md", ".github/workflows/ci.yml", ".ci/run"].filter(exists).flatMap((path) =>
    [...read(path).matchAll(/\bdeno(?:@| v?)(\d+\.\d+\.\d+)(?! or newer)/gi)]
      .filter(([, found]) => found !== version)
      .map(([text]) => `${path}: ${text}`)
  );
  assertEquals(wrong, []);
});

Deno.test("the compile task includes every worker", () => {
  const included = [...config.tasks.compile.command.matchAll(/--include (workers\/\S+)/g)].map(([, path]) => path);
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

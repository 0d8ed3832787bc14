import { assert, assertEquals } from "@std/assert";

const job = "tests/fixtures/jobs/echo.js";

/**
 * What each command loads until it begins its work: a count, because a time differs from machine to machine. Each module of
 * ours costs about 0.1 ms, and the first part of Node 4 ms, where an empty program takes 14 ms (Deno 2.9.6, 2 cores).
 * A higher number is a decision: first see whether the module can be loaded later, with import().
 */
const budgets: readonly {
  readonly args: readonly string[];
  /** Modules of ours in the main thread and in the threads and processes that it starts. */
  readonly modules: number;
  /** The `node:` modules that ours import; none means that nothing of Node is loaded, for timers neither. */
  readonly node?: readonly string[];
}[] = [
  { args: ["--version"], modules: 17 },
  { args: ["help"], modules: 47 },
  { args: ["jobs"], modules: 28 },
  { args: ["explain"], modules: 74 },
  { args: ["scale", "--kinds=generator", "--up-to=1"], modules: 52, node: ["node:os"] },
  { args: ["claims", "nosuch"], modules: 111, node: ["node:os"] },
  { args: ["compare", "@nosuch"], modules: 130, node: ["node:os"] },
  { args: ["run", job, "-j1", "/dev/null"], modules: 121 },
  { args: ["run", job, "-j2", "/dev/null"], modules: 163 },
  { args: ["run", job, "-j1", "--isolate=process", "/dev/null"], modules: 86 },
];

const root = new URL("../", import.meta.url);
const lazy = "--unstable-lazy-dynamic-imports"; // as the start task
const flags = ["run", "--log-level=trace", "--frozen", "--cached-only", "--no-prompt", lazy, "--allow-all", "main.ts"];

/** What a program and its threads have loaded. */
interface Loaded {
  readonly ours: readonly string[];
  /** Parts of the runtime that make up Node. */
  readonly nodeParts: readonly string[];
}

/** What Deno's log tells of the modules that a program and its threads have loaded. */
async function loadedBy(args: readonly string[]): Promise<Loaded> {
  const command = new Deno.Command(Deno.execPath(), { args: [...flags, ...args], cwd: root, stdin: "null" });
  const { stderr } = await command.output();
  // deno-lint-ignore no-control-regex -- the log is coloured
  const log = new TextDecoder().decode(stderr).replace(/\x1b\[[0-9;]*m/g, "");
  const all = (pattern: RegExp) => [...log.matchAll(pattern)].map(([, found]) => found);
  const ours = all(/fetch_no_follow - specifier: (\S+)/g).filter((url) => url.startsWith(root.href));
  return {
    ours: ours.map((url) => url.slice(root.href.length)).toSorted(),
    nodeParts: all(/ES module: (ext:deno_node\/[^,\s]+)/g),
  };
}

/** The `node:` modules that these files import as values when they load. */
function nodeImports(files: readonly string[]): string[] {
  const imports = files.flatMap((file) => [
    ...Deno.readTextFileSync(new URL(file, root)).matchAll(/^import (?!type )[^;]*? from "(node:[^"]+)";/gm),
  ]);
  return [...new Set(imports.map(([, specifier]) => specifier))].toSorted();
}

for (const { args, modules, node = [] } of budgets) {
  const atMost = `at most ${modules} modules, and ${node.join(", ") || "nothing of Node"}`;
  Deno.test(`start-up: tandem ${args.join(" ")} loads ${atMost}`, async () => {
    const { ours, nodeParts } = await loadedBy(args);
    assert(ours.includes("main.ts"), "the log of Deno has another form");
    assert(ours.length <= modules, `${ours.length} modules:\n${ours.join("\n")}`);
    assertEquals(nodeImports(ours), node);
    assertEquals(nodeParts.length > 0, node.length > 0, `${nodeParts}`);
  });
}

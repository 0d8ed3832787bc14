import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import type { Job } from "../../lib/jobs/job.ts";
import { checkModule, type Loaded, loadJob } from "../../lib/jobs/load.ts";
import { explainLoadError } from "../../lib/jobs/load_error.ts";

const jobs = join(import.meta.dirname ?? "", "../fixtures/jobs");

const load = (path: string) => loadJob({ kind: "module", url: pathToFileURL(resolve(path)).href });

function refusal(loaded: Loaded): string {
  assertEquals(loaded.kind, "refused");
  return loaded.kind === "refused" ? loaded.found : "";
}

function job(loaded: Loaded): Job {
  if (loaded.kind === "refused") throw new Error(loaded.found);
  return loaded.job;
}

/** Runs a job that needs no context. */
function runOne(job: Job, item: unknown): unknown {
  return job.run(item, { signal: new AbortController().signal, index: 0, thread: 0, state: undefined });
}

Deno.test("loadJob: functions and generators, sync and async", async () => {
  assertEquals(runOne(job(await load(`${jobs}/square.ts`)), 3), 9);
  const generated = runOne(job(await load(`${jobs}/generator.js`)), 3);
  assertEquals([...generated as Iterable<unknown>], [3, 9]);
  const later = runOne(job(await load(`${jobs}/async_generator.js`)), 3);
  assertEquals(await Array.fromAsync(later as AsyncIterable<unknown>), [3, 9]);
  assertEquals(await (runOne(job(checkModule({ default: (item: unknown) => Promise.resolve(item) })), 3)), 3);
});

Deno.test("loadJob: CommonJS that was compiled from ES module syntax is the job that it was", async () => {
  const { run, setup, items } = job(await load(`${jobs}/compiled.cjs`));
  assertEquals([run(3, { signal: new AbortController().signal, index: 0, thread: 0, state: 5 }), items], [15, [1, 2]]);
  assertEquals(setup?.({ thread: 0 }), 2);
});

/** Modules that cannot be loaded, and the message for each. */
const broken: readonly (readonly [path: string, found: RegExp])[] = [
  ["broken/syntax.js", /^cannot be loaded: SyntaxError: .+ \(line 3\)$/],
  ["broken/unfinished.js", /^cannot be loaded: SyntaxError: Unexpected end of input \(line 4\)$/],
  ["broken/missing_import.js", /^cannot be loaded: it imports .*nosuch\.js, which does not exist \(line 2\)$/],
  ["broken/missing_later.js", /^cannot be loaded: it imports .*nowhere\.js, which does not exist \(line 1\)$/],
  ["broken/missing_extension.js", /which does not exist\. Maybe add a '\.ts' extension \(line 1\)$/],
  ["broken/missing_name.js", /^cannot be loaded: SyntaxError: .*'cube' \(line 2\)$/],
  ["broken/package.js", /^cannot be loaded: it imports left-pad, which is not available here \(line 1\)$/],
  ["broken/builtin.js", /^cannot be loaded: it imports node:nope, which Deno does not have \(line 1\)$/],
  ["throws.js", /^cannot be loaded: it threw TypeError: no limit in the configuration \(line 3\)$/],
  ["imports_throws.js", /^cannot be loaded: it threw TypeError: no limit .*\(\S*[\\/]throws\.js, line 3\)$/],
  ["throws_null.js", /^cannot be loaded: it threw null$/],
  ["throws_hostile.js", /^cannot be loaded: it threw something that cannot be shown$/],
  ["common_js.js", /^cannot be loaded: module is not defined; .* import and export \(line 1\)$/],
  ["then.js", /^its export "then" /],
  ["no_default.js", /^has no default export, only square \(did you mean: export default square\?\); a job's/],
];

for (const [path, found] of broken) {
  Deno.test(`loadJob: ${path} is refused in one line that says what and where`, async () => {
    const said = refusal(await load(`${jobs}/${path}`));
    assertMatch(said, found);
    // deno-lint-ignore no-control-regex -- no colours either
    assert(!/[\r\n\x1b]/.test(said), JSON.stringify(said));
  });
}

Deno.test({
  name: "loadJob: paths with spaces and signs of URLs load, and their lines are found",
  ignore: Deno.build.os === "windows", // which refuses most of these names
  async fn() {
    const folder = await Deno.makeTempDir();
    const strange = join(folder, "a #1 100% é (x) [y]?%20");
    try {
      await Deno.mkdir(strange);
      const paths = ["square.ts", "throws.js", "broken/syntax.js", "broken/unfinished.js", "broken/missing_import.js"];
      for (const path of paths) await Deno.copyFile(`${jobs}/${path}`, join(strange, path.replace("broken/", "")));
      assertEquals(runOne(job(await load(join(strange, "square.ts"))), 3), 9);
      const said = async (name: string) => refusal(await load(join(strange, name)));
      assertMatch(await said("throws.js"), / \(line 3\)$/);
      assertMatch(await said("syntax.js"), / \(line 3\)$/);
      assertMatch(await said("unfinished.js"), / \(line 4\)$/);
      const missing = await said("missing_import.js");
      assertStringIncludes(missing, `it imports ${join(strange, "nosuch.js")}, which does not exist (line 2)`);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
});

Deno.test("checkModule: says what a default export is if it is not a function", () => {
  const found = (value: unknown) => refusal(checkModule({ default: value }));
  const expected = "; a job's default export is a function or a generator function: ";
  assertStringIncludes(found(3), `its default export is a number${expected}`);
  assertStringIncludes(found(undefined), `its default export is undefined${expected}`);
  assertStringIncludes(found(null), `is null${expected}`);
  assertStringIncludes(found([() => 1]), `is an array${expected}`);
  assertStringIncludes(found({ run: () => 1 }), `is an object${expected}`);
  assertStringIncludes(found(class Square {}), `is a class${expected}`);
});

Deno.test("checkModule: says what is exported instead of a default", () => {
  const found = (module: Readonly<Record<string, unknown>>) => refusal(checkModule(module)).split("; a job's")[0];
  assertEquals(found({}), "has no default export, nor any other");
  assertEquals(found({ items: [1], setup: () => 1 }), "has no default export, only items, setup");
  assertEquals(
    found({ limit: 1, Shape: class {}, run: () => 1 }),
    "has no default export, only limit, Shape, run (did you mean: export default run?)",
  );
  assertEquals(found({ a: 1, b: 1, c: 1, d: 1, e: 1, f: 1 }), "has no default export, only a, b, c, d, e, ...");
});

Deno.test("checkModule: setup and teardown are functions, items may be anything", () => {
  const run = () => 1;
  const made = job(checkModule({ default: run, setup: run, teardown: run, items: 3 }));
  assertEquals([made.run, made.setup, made.teardown], [run, run, run]);
  assertEquals(
    refusal(checkModule({ default: run, setup: {} })),
    'its export "setup" is an object, expected a function',
  );
  assertEquals(refusal(checkModule({ default: run, teardown: class {} })).includes('"teardown" is a class'), true);
});

/** An error as Deno makes it. */
function thrown(name: string, message: string, frames: readonly string[] = []): Error {
  const error = new Error(message);
  error.name = name;
  error.stack = [`${name}: ${message}`, ...frames.map((frame) => `    at ${frame}`)].join("\n");
  return error;
}

/** Seen in an executable made with Deno 2.6.10, whose messages differ and mostly do not name a place. */
Deno.test("explainLoadError: the messages of an executable", () => {
  const caller = "file:///tmp/deno-compile-tandem/lib/jobs/load.ts";
  const own = "async loadJob (file:///tmp/deno-compile-tandem/lib/jobs/load.ts:26:14)";
  const said = (name: string, message: string, ...frames: readonly string[]) =>
    explainLoadError(thrown(name, message, [...frames, own]), "file:///p%20%231/job.js", caller).found;

  assertEquals(
    said("TypeError", "Module not found: file:///p%20%231/x.js"),
    "it imports /p #1/x.js, which does not exist",
  );
  const foreign = "which is not available here";
  assertEquals(said("TypeError", "Module not found: https://a.com/x.js"), `it imports https://a.com/x.js, ${foreign}`);
  assertEquals(
    said("TypeError", "Could not find constraint 'left-pad@1.3.0' in the list of packages."),
    `it imports left-pad@1.3.0, ${foreign}`,
  );
  assertEquals(said("TypeError", "Module not found: node:nope"), "it imports node:nope, which Deno does not have");
  assertEquals(
    said("TypeError", 'Cannot resolve module "./x.json" from "file:///p%20%231/job.js"'),
    'it imports ./x.json without: with { type: "json" }',
  );
  assertEquals(
    said("SyntaxError", "Unexpected token ';' at file:///p%20%231/job.js:2:17"),
    "SyntaxError: Unexpected token ';' (line 2)",
  );
  assertEquals(
    said("SyntaxError", "Unexpected token ':' at file:///p%20%231/other.ts:1:30"),
    "SyntaxError: Unexpected token ':' (/p #1/other.ts, line 1)",
  );
  assertEquals(
    said("Error", "bad", "f (file:///p #1/job.js:7:9)", "file:///p #1/job.js:9:1"),
    "it threw Error: bad (line 7)",
  );
  assertEquals(said("Error", "bad", "async file:///p #1/job.js:2:15"), "it threw Error: bad (line 2)");
});

Deno.test("explainLoadError: an import that is not available has a code, so that the caller can add a remedy", () => {
  const codeOf = (message: string) => explainLoadError(thrown("TypeError", message), "file:///p/job.js", "").code;
  assertEquals(codeOf("Module not found: https://a.com/x.js"), "foreign-import");
  assertEquals(codeOf("Module not found: node:nope"), undefined);
});

Deno.test("explainLoadError: a module that Deno would have to fetch is not available, whatever is granted", () => {
  const said = (message: string) => explainLoadError(thrown("TypeError", message), "file:///p/job.js", "");
  const foreign = (name: string) =>
    ({ found: `it imports ${name}, which is not available here`, code: "foreign-import" }) as const;
  const access = 'Requires import access to "jsr.io:443", run again with the --allow-import flag';
  assertEquals(said(`JSR package manifest for '@std/async' failed to load. ${access}`), foreign("jsr:@std/async"));
  assertEquals(said(access), foreign("a module of jsr.io:443"));
  const missing = 'Specifier not found in cache: "https://a.com/x.js", --cached-only is specified.';
  assertEquals(said(missing), foreign("https://a.com/x.js"));
});

Deno.test("explainLoadError: of npm packages, Deno names the one that its cache lacks, which may be another one", () => {
  const message = 'Failed loading https://registry.example/b for package "b"\n    at file:///p/job.js:1:16';
  const { found, code } = explainLoadError(thrown("TypeError", message), "file:///p/job.js", "");
  assertEquals([found, code], ["it imports an npm package, but b is not available here (line 1)", "foreign-import"]);
});

Deno.test("explainLoadError: with and without type checking, with and without colours", () => {
  const at = "\n    at file:///p/job.js:2:17";
  const coloured = "\n    at \x1b[0m\x1b[36mfile:///p/job.js\x1b[0m:\x1b[0m\x1b[33m2\x1b[0m:\x1b[0m\x1b[33m17\x1b[0m";
  for (const end of [at, `${at}${at}`, `${at}\n`, coloured]) {
    const error = thrown("TypeError", `Module not found "file:///p/x.js".${end}`);
    const said = explainLoadError(error, "file:///p/job.js", "file:///t/load.ts").found;
    assertEquals(said, "it imports /p/x.js, which does not exist (line 2)");
  }
});

Deno.test("explainLoadError: stack frames below ours, and lines of the message, are not frames of the job", () => {
  const message = "first\n    at file:///p/job.js:1:1\nlast";
  const frames = ["async loadJob (file:///t/load.ts:26:14)", "async load (file:///t/slot.ts:30:3)"];
  const said = explainLoadError(thrown("Error", message, frames), "file:///p/job.js", "file:///t/load.ts").found;
  assertEquals(said, "Error: first at file:///p/job.js:1:1 last");
});

import { assert, assertEquals, assertMatch } from "@std/assert";
import { type Ended, isExecutable, type Program, run, testEach } from "../programs.ts";

/**
 * A project with an npm package, an import map, and a job in TypeScript; its packages are installed as its owner would.
 * Nothing else may do that: our own cache has the package's files, but not what the registry says of it.
 */
async function project(): Promise<string> {
  const folder = Deno.makeTempDirSync({ prefix: "tandem test " });
  Deno.mkdirSync(`${folder}/lib`);
  const imports = { width: "npm:get-east-asian-width@1.7.0", "lib/": "./lib/" };
  Deno.writeTextFileSync(`${folder}/deno.json`, JSON.stringify({ imports, nodeModulesDir: "none" }));
  Deno.writeTextFileSync(`${folder}/lib/twice.ts`, "export const twice = (n: number): number => 2 * n;");
  const job = `
    import { eastAsianWidth } from "width";
    import { twice } from "lib/twice.ts";
    export default (text: string): number => twice(eastAsianWidth(text.codePointAt(0)!));`;
  Deno.writeTextFileSync(`${folder}/job.ts`, job);
  const { success, stderr } = await new Deno.Command(Deno.execPath(), { args: ["install"], cwd: folder }).output();
  assert(success, new TextDecoder().decode(stderr));
  return folder;
}

testEach("run --deno: npm packages, an import map and TypeScript of the job's project", async (program) => {
  const folder = await project();
  try {
    const input = '"a"\n"漢"\n';
    const flag = `--deno=${Deno.execPath()}`;
    const { code, stdout, stderr } = await run(program, ["run", `${folder}/job.ts`, flag], { input });
    assertEquals([code, stdout], [0, "2\n4\n"], stderr);
    const without = await run(program, ["run", `${folder}/job.ts`], { input });
    assertEquals([without.code, without.stdout], [2, ""]);
    assertMatch(without.stderr, /--deno/);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
});

/** Runs `job.jsx` in a folder of these files over one item. */
async function runIn(
  files: Readonly<Record<string, string>>,
  program: Program,
  ...flags: readonly string[]
): Promise<Ended> {
  const folder = Deno.makeTempDirSync({ prefix: "tandem_test_" });
  try {
    for (const [name, text] of Object.entries(files)) Deno.writeTextFileSync(`${folder}/${name}`, text);
    return await run(program, ["run", `${folder}/job.jsx`, "-j1", ...flags], { input: "1\n" });
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

const ownDeno = `--deno=${Deno.execPath()}`;

testEach("run: JSX without React is told what it needs, and works with that", async (program) => {
  const bare = { "deno.json": "{}", "job.jsx": "export default (x) => <b>{x}</b>;" };
  const remedy = /React is not defined.*[:;] JSX without React needs compilerOptions\.jsx in the deno\.json .*--deno/;
  for (const flags of isExecutable(program) ? [[ownDeno]] : [[], [ownDeno]]) { // its base may be too old for JSX
    const { code, stderr } = await runIn(bare, program, ...flags);
    assertEquals(code, 1);
    assertMatch(stderr, remedy);
  }
  const atOnce = await runIn({ ...bare, "job.jsx": "const b = <b/>; export default () => b;" }, program, ownDeno);
  assertEquals(atOnce.code, 2);
  assertMatch(atOnce.stderr, remedy);
  const settings = { compilerOptions: { jsx: "react", jsxFactory: "h" } };
  const job = `const h = (tag, _, ...inner) => [tag, ...inner]; ${bare["job.jsx"]}`;
  const { stdout, stderr } = await runIn({ "deno.json": JSON.stringify(settings), "job.jsx": job }, program, ownDeno);
  assertEquals(stdout, '["b",1]\n', stderr);
});

testEach("run --deno: an alias that deno.json does not name is told where it belongs", async (program) => {
  const files = {
    "deno.json": "{}",
    "tsconfig.json": '{ "compilerOptions": { "paths": { "@/*": ["./*"] } } }',
    "job.jsx": 'import { two } from "@/two.js"; export default () => two;',
    "two.js": "export const two = 2;",
  };
  const { code, stderr } = await runIn(files, program, ownDeno);
  assertEquals(code, 2);
  assertMatch(
    stderr,
    /it imports @\/two\.js, which is not available here .*"imports" in its deno\.json names \(an alias too/,
  );
  const named = { ...files, "deno.json": '{ "imports": { "@/": "./" } }' };
  assertEquals((await runIn(named, program, ownDeno)).stdout, "2\n");
});

testEach("run --deno: a Deno that is not there is exit 2 and one line", async (program) => {
  const job = `${import.meta.dirname}/../../fixtures/jobs/echo.js`;
  const { code, stderr } = await run(program, ["run", job, "--deno=/nowhere/deno"], { input: "1\n" });
  assertEquals(code, 2);
  assert(
    /^tandem: cannot start \/nowhere\/deno: No such file or directory; install Deno, or give its path: --deno=PATH\n$/
      .test(stderr),
    stderr,
  );
});

import { assert, assertEquals, assertMatch } from "@std/assert";
import { run, testEach } from "../programs.ts";

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

testEach("run --deno: a Deno that is not there is exit 2 and one line", async (program) => {
  const job = `${import.meta.dirname}/../../fixtures/jobs/echo.js`;
  const { code, stderr } = await run(program, ["run", job, "--deno=/nowhere/deno"], { input: "1\n" });
  assertEquals(code, 2);
  assert(/^tandem: cannot start \/nowhere\/deno: No such file or directory\n$/.test(stderr), stderr);
});

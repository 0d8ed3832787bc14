import { assertEquals, assertMatch } from "@std/assert";
import { type Program, run, testEach } from "../programs.ts";

const linux = Deno.build.os === "linux";

/** Deno 2.9 protects these folders; an older base, as an executable may have, does not. */
const unprotected = (program: Program) => !linux || program.name === "dist/tandem";
const job = "tests/fixtures/jobs/echo.js";

async function refused(...[program, args, env]: Parameters<typeof attempt>): Promise<string> {
  const { code, stdout, stderr } = await attempt(program, args, env);
  assertEquals([code, stdout], [2, ""], stderr);
  assertMatch(stderr, /^tandem: [^\n]+\n$/);
  return stderr;
}

const attempt = (program: Parameters<typeof run>[0], args: readonly string[], env: Record<string, string> = {}) =>
  run(program, ["run", ...args], { env });

testEach("run: what Deno protects is refused with what helps, and not with --allow-all", async (program) => {
  const folder = "/dev/shm/tandem"; // whether anything is there or not
  const protects = "Deno protects files in /dev, /proc and /sys";
  assertEquals(
    [
      await refused(program, [job, `${folder}/in`]),
      await refused(program, [`${folder}/job.js`, "deno.json"]),
      await refused(program, [job, "deno.json", `--export-json=${folder}/out`]),
      await refused(program, [job, "deno.json", `--journal=${folder}/j`]),
    ],
    [
      `tandem: cannot read "${folder}/in": ${protects}; give it as stdin: < ${folder}/in\n`,
      `tandem: ${folder}/job.js: ${protects}; copy the job to another folder\n`,
      `tandem: cannot write to ${folder}/out: ${protects}; choose another place\n`,
      `tandem: ${folder}/j: cannot be opened: ${protects}; choose another place\n`,
    ],
  );
}, unprotected);

testEach("run: a folder for temporary files that cannot be used is one sentence that names TMPDIR", async (program) => {
  for (const TMPDIR of unprotected(program) ? ["/nosuch"] : ["/nosuch", "/dev/shm"]) {
    const said = await refused(program, [job, "/dev/null", "--isolate=process", "-j1"], { TMPDIR });
    assertMatch(said, /folder for temporary files: [^\n]+; set TMPDIR to a folder that exists and can be written\n$/);
  }
}, !linux);

testEach("run: a job that is a link has the imports and the project of the file that it leads to", async (program) => {
  const folder = await Deno.makeTempDir({ prefix: "tandem_link_" });
  try {
    await Deno.mkdir(`${folder}/project/jobs`, { recursive: true });
    await Deno.mkdir(`${folder}/links`);
    await Deno.writeTextFile(`${folder}/project/deno.json`, "{}");
    await Deno.writeTextFile(`${folder}/project/double.js`, "export default (n) => 2 * n;");
    await Deno.writeTextFile(
      `${folder}/project/jobs/job.js`,
      `import double from "../double.js"; export default (n) => [double(n), Deno.readTextFileSync(new URL("../deno.json", import.meta.url))];`,
    );
    await Deno.symlink(`${folder}/project/jobs/job.js`, `${folder}/links/link.js`);
    const { code, stdout, stderr } = await run(program, ["run", `${folder}/links/link.js`, "-j1"], { input: "2\n" });
    assertEquals([code, stdout], [0, '[4,"{}"]\n'], stderr);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}, Deno.build.os === "windows");

/** Where Deno keeps our packages, wherever HOME leads to. */
async function denoDir(): Promise<string> {
  const { stdout } = await new Deno.Command(Deno.execPath(), { args: ["info", "--json"] }).output();
  return JSON.parse(new TextDecoder().decode(stdout)).denoDir;
}

testEach(
  "run: a job in the home folder can read itself and its imports, and is told how to read more",
  async (program) => {
    const home = await Deno.makeTempDir({ prefix: "tandem_home_" });
    const env = { DENO_DIR: await denoDir() };
    try {
      await Deno.mkdir(`${home}/lib`);
      await Deno.symlink(home, `${home}/link`);
      await Deno.writeTextFile(`${home}/deno.json`, "{}");
      await Deno.writeTextFile(`${home}/key`, "secret");
      await Deno.writeTextFile(`${home}/ten.json`, "10");
      await Deno.writeTextFile(`${home}/lib/double.js`, 'export { double } from "./same.js"; import "../key";');
      await Deno.writeTextFile(`${home}/lib/same.js`, "export const double = (n) => 2 * n;");
      const imports = 'import { double } from "./lib/same.js"; import ten from "./ten.json" with { type: "json" };';
      const body =
        "import.meta.dirname; export default (name) => double(ten) + Deno.readTextFileSync(`${here}/${name}`);";
      await Deno.writeTextFile(`${home}/job.js`, `// import "./key";\n${imports} const here = ${body}`);
      const start = { input: '"key"\n' };
      const args = ["run", `${home}/job.js`, "-j1"];
      for (const HOME of [home, `${home}/`, `${home}/link`, `${home}/lib/..`, `${home}/lib`]) {
        for (const isolate of HOME === home ? ["worker", "process"] : ["worker"]) {
          const ended = await run(program, [...args, `--isolate=${isolate}`], { ...start, env: { ...env, HOME } });
          assertEquals([ended.code, ended.stdout], [1, ""], HOME);
          const [record] = ended.stderr.split("\n").filter((line) => line.startsWith("{"));
          assertEquals(
            JSON.parse(record).error.message,
            `needs read access to "${home}/key": add --allow-read=${home}/key (or --allow-read)`,
          );
        }
      }
      const granted = await run(program, [...args, `--allow-read=${home}/key`], {
        ...start,
        env: { ...env, HOME: home },
      });
      assertEquals([granted.code, granted.stdout], [0, '"20secret"\n'], granted.stderr);
      const elsewhere = await run(program, args, { ...start, env: { ...env, HOME: "/nosuch" } });
      assertEquals([elsewhere.code, elsewhere.stdout], [0, '"20secret"\n'], elsewhere.stderr);
    } finally {
      await Deno.remove(home, { recursive: true });
    }
  },
  Deno.build.os === "windows",
);

Deno.test({
  name: "session: the home folder is HOME, else what the system says",
  ignore: Deno.build.os === "windows",
  async fn() {
    const input = `import { processSession } from "${import.meta.resolve("../../../lib/cli/terminal/terminal.ts")}";
    console.log(processSession({}, "auto", new AbortController().signal, {}).home);`;
    const command = [Deno.execPath(), "run", "--frozen", "--cached-only", "--allow-all", "--no-check", "--ext=ts", "-"];
    const cache = `DENO_DIR=${await denoDir()}`;
    const homeWith = async (...variables: readonly string[]) => {
      const wrap = (command: readonly string[]) => ["env", "-i", cache, ...variables, ...command];
      return (await run({ name: "deno", command }, [], { input, wrap })).stdout;
    };
    assertEquals(await homeWith("HOME=/some/where/"), "/some/where/\n");
    const listed = await homeWith();
    assertMatch(listed, /^\/.*\n$/);
    assertEquals(await homeWith("HOME="), listed);
  },
});

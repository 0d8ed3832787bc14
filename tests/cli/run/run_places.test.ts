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

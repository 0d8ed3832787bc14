import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { inFolder } from "../in_folder.ts";
import { run, testEach } from "../programs.ts";

const linux = Deno.build.os === "linux";
const escape = "\x1b[";
const short = ["streams", "--producer", "both", "--take", "1"]; // its summary has a coloured word

testEach("a full disk: exit 3 and one message", async (program) => {
  const wrap = (command: readonly string[]) => ["sh", "-c", 'exec "$@" > /dev/full', "sh", ...command];
  for (const args of [["--version"], ["help"], ["channel", "--count", "1", "--every", "1ms"]]) {
    const { code, stderr } = await run(program, args, { wrap });
    assertEquals(code, 3, stderr);
    assertMatch(stderr, /^tandem: cannot write to stdout: [^\n]+\n$/);
  }
}, !linux);

testEach("--color decides over the environment", async (program) => {
  const always = await run(program, [...short, "--color=always"], { env: { NO_COLOR: "1" } });
  assertStringIncludes(always.stderr, escape);
  const never = await run(program, [...short, "--color=never"], { env: { FORCE_COLOR: "1" } });
  assert(!`${never.stdout}${never.stderr}`.includes(escape), never.stderr);
  assertEquals([always.code, never.code], [0, 0]);
});

testEach("a pipe has no colour, FORCE_COLOR gives it, NO_COLOR is stronger", async (program) => {
  const unset = { NO_COLOR: "", FORCE_COLOR: "", CLICOLOR_FORCE: "" };
  assert(!(await run(program, short, { env: unset })).stderr.includes(escape));
  assertStringIncludes((await run(program, short, { env: { ...unset, FORCE_COLOR: "1" } })).stderr, escape);
  assert(!(await run(program, short, { env: { ...unset, FORCE_COLOR: "1", NO_COLOR: "1" } })).stderr.includes(escape));
});

testEach("in a terminal: moments, a summary, and no question about permissions", async (program) => {
  const wrap = (command: readonly string[]) => ["script", "-qec", command.map(quoted).join(" "), "/dev/null"];
  const { code, stdout } = await run(program, ["streams", "--take", "3", "--color=never"], { wrap });
  assertEquals(code, 0, stdout);
  assertMatch(stdout, /^ *\d+ ms {2}Interval #1\r?$/m);
  assertMatch(stdout, /^ *\d+ ms {2}Message: 'a'\r?$/m);
  assertMatch(stdout, /^3 items: /m);
  assert(!stdout.includes("Allow?"), stdout);
  assert(!stdout.includes(escape), stdout);
}, !linux);

testEach(
  "in a terminal: progress, which Deno does not erase while threads load, and nothing of it on a dumb one",
  async (program) => {
    const args = ["compare", "@primes", "--count=8", "--rounds=1", "--isolate=process", "--color=never"];
    const inTerminal = async (TERM: string) => {
      const wrap = (command: readonly string[]) => {
        const line = `stty rows 24 cols 80; ${command.map(quoted).join(" ")}`;
        return ["script", "-qec", line, "/dev/null"];
      };
      const { code, stdout } = await run(program, args, { wrap, env: { TERM, LC_ALL: "C" } });
      assertEquals(code, 0, stdout);
      return stdout;
    };
    const [painted, ...parts] = (await inTerminal("xterm")).split("\r\x1b[K");
    assertEquals([painted, ...parts.slice(0, 2)], ["", "| loading @primes", "| calibrating"]);
    assertMatch(parts.at(-2) ?? "", /^[|/\\-] round 1\/1 {2}#+\.* {2}\d+ % {2}ETA \d+ s$/);
    for (const part of parts) assert(!part.includes(escape), JSON.stringify(part));
    assert(!(await inTerminal("dumb")).includes(escape));
  },
  !linux,
);

function quoted(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}

testEach("run --export-json: a link to a file that is not there yet stays a link", async (program) => {
  await inFolder({ "job.js": "export default (n) => n;\n" }, async (folder) => {
    Deno.symlinkSync("target.json", `${folder}/link.json`);
    const args = ["run", `${folder}/job.js`, "--quiet", "--allow-all", `--export-json=${folder}/link.json`];
    const { code, stderr } = await run(program, args, { input: "" });
    assertEquals([code, stderr], [0, ""]);
    assert(Deno.lstatSync(`${folder}/link.json`).isSymlink);
    assertStringIncludes(Deno.readTextFileSync(`${folder}/target.json`), '"command": "run"');
  });
}, Deno.build.os === "windows");

testEach("run, compare: one file for two uses is refused before the first byte", async (program) => {
  await inFolder({}, async (folder) => {
    const job = `${folder}/job.js`;
    const source = "export default (n) => n;\n";
    Deno.writeTextFileSync(job, source);
    const script = (redirections: string) => ["sh", "-c", `cd ${folder}; exec "$@" ${redirections}`, "sh"];
    for (
      const [args, redirections, said] of [
        [["run", job, "f"], ">> f", "stdout and the input f"],
        [["run", job], "< f >> f", "stdout and stdin"],
        [["run", job, "f", "--journal", "out"], "> out", "stdout and --journal out"],
        [["run", job, "f", "--journal", "f"], "> out", "--journal f and the input f"],
        [["run", job, "f", "--export-json", "f"], "", "--export-json f and the input f"],
        [["run", job, "f", "--export-json", "job.js"], "", "--export-json job.js and the job"],
        [["run", job, "f", "--export-json", "new", "--journal", "./new"], "", "--journal ./new and --export-json new"],
        [["compare", job, "--items", "f", "--save-plan", "f"], "", "--items f and --save-plan"],
        [["compare", job, "--items", "f"], ">> f", "stdout and --items f"],
      ] as const
    ) {
      Deno.writeTextFileSync(`${folder}/f`, "1\n2\n");
      const wrap = (command: readonly string[]) => [...script(redirections), ...command];
      const { code, stderr } = await run(program, args, { wrap });
      assertEquals(code, 2, `${args.join(" ")} ${redirections}: ${stderr}`);
      assertStringIncludes(stderr, `${said} are the same file; give one of them another file`);
      const texts = [Deno.readTextFileSync(`${folder}/f`), Deno.readTextFileSync(job)];
      assertEquals(texts, ["1\n2\n", source]);
    }
  });
}, Deno.build.os === "windows");

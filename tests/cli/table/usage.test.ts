import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { failingCall } from "../in_process.ts";
import { run, testEach } from "../programs.ts";

/** What is refused before a command runs. */
const refused: readonly (readonly [line: string, saying: string])[] = [
  ["streams --take abc", "abc"],
  ["streams --timeout -1", "-1"],
  ["streams --nosuch", "--nosuch"],
  ["streams extra", "extra"],
  ["streams --json=yes", "yes"],
  ["streams --producer", "--producer"],
  ["compare @noop --save-plan .", "it is a folder"],
];

for (const [line, saying] of refused) {
  Deno.test(`${line}: exit 2 and one line`, async () => {
    const { code, stdout, stderr } = await failingCall(line.split(" "));
    assertEquals({ code, stdout }, { code: 2, stdout: "" }, stderr);
    assertMatch(stderr, /^tandem: [^\n]+\n$/);
    assertStringIncludes(stderr, saying);
  });
}

/** What the program refuses, before it has a command and after that. */
const refusedByProgram: typeof refused = [
  ["strems", "Did you mean streams?"],
  ["rnu job.js", "Did you mean run?"],
  ["@primes", "Did you mean tandem run @primes?"],
  ["streams --take abc", "abc"],
  ["help nosuch", "nosuch"],
];

for (const [line, saying] of refusedByProgram) {
  testEach(`${line}: exit 2 and one line`, async (program) => {
    const { code, stdout, stderr } = await run(program, line.split(" "));
    assertEquals({ code, stdout }, { code: 2, stdout: "" }, stderr);
    assertMatch(stderr, /^tandem: [^\n]+\n$/);
    assertStringIncludes(stderr, saying);
    assert(!/\bat \S+:\d+/.test(stderr), `a stack: ${stderr}`);
  });
}

testEach("--version and -V: name and version", async (program) => {
  const ended = await run(program, ["--version"]);
  assertMatch(ended.stdout, /^tandem \d+\.\d+\.\d+\n$/);
  assertEquals({ code: ended.code, stderr: ended.stderr }, { code: 0, stderr: "" });
  assertEquals(await run(program, ["-V"]), ended);
});

testEach("--version --json: deno, V8 and target too", async (program) => {
  const { code, stdout } = await run(program, ["--version", "--json"]);
  assertEquals(code, 0);
  const tool = JSON.parse(stdout) as Readonly<Record<string, string>>;
  assertEquals([tool.name, tool.target], ["tandem", Deno.build.target]);
  for (const field of ["version", "deno", "v8"]) assertMatch(tool[field], /^\d+\./);
});

testEach("--help: the commands", async (program) => {
  const { code, stdout, stderr } = await run(program, ["--help"]);
  assertEquals({ code, stderr }, { code: 0, stderr: "" });
  for (const command of ["streams", "channel", "help"]) assertMatch(stdout, new RegExp(`^  ${command} `, "m"));
});

testEach("COMMAND --help: examples come first, and help COMMAND begins with it", async (program) => {
  const { code, stdout, stderr } = await run(program, ["streams", "--help"]);
  assertEquals({ code, stderr }, { code: 0, stderr: "" });
  assert(stdout.indexOf("Examples:") < stdout.indexOf("\nStreams:"), stdout);
  for (const flag of ["--producer", "--timeout", "--throttle", "--take", "--json"]) assertStringIncludes(stdout, flag);
  assert((await run(program, ["help", "streams"])).stdout.startsWith(stdout));
});

testEach("COMMAND -h is short and names --help, which is long", async (program) => {
  const [short, long] = [await run(program, ["run", "job.js", "-h"]), await run(program, ["--help", "run"])];
  assertEquals([short.code, long.code], [0, 0]);
  assert(short.stdout.split("\n").length < 30, short.stdout);
  assertMatch(short.stdout, /^--help shows all \d+ flags\.$/m);
  assert(!short.stdout.includes("--max-line") && long.stdout.includes("--max-line"));
});

testEach("help is as wide as COLUMNS says", async (program) => {
  for (const columns of [60, 80]) {
    const { stdout } = await run(program, ["compare", "--help"], { env: { COLUMNS: `${columns}` } });
    const longest = Math.max(...stdout.split("\n").map((line) => line.length));
    assert(longest <= columns && longest > columns - 15, `${longest} of ${columns}`);
  }
});

import { assertEquals, assertMatch } from "@std/assert";
import { exitCodes } from "../../lib/errors.ts";
import { type Program, run, spawn, type Start, testEach } from "./programs.ts";

const jobs = new URL("../fixtures/jobs", import.meta.url).pathname;
const linux = Deno.build.os === "linux";
const fullDisk = (command: readonly string[]) => ["sh", "-c", 'exec "$@" > /dev/full', "sh", ...command];

/** A command line for each exit code that one can provoke; those of signals are in terminal/signals.test.ts. */
const provoked: readonly (readonly [code: number, why: string, line: string, start: Start])[] = [
  [exitCodes.ok, "all items came to a result", `run ${jobs}/echo.js`, { input: "1\n" }],
  [exitCodes.failed, "an item failed", `run ${jobs}/fails_on_three.js`, { input: "3\n" }],
  [exitCodes.failed, "an item failed in compare", `compare ${jobs}/fails_on_three.js --count=5`, {}],
  [exitCodes.failed, "outputs differ", `compare ${jobs}/random.js --count=3 --rounds=1`, {}],
  [exitCodes.unusable, "usage", "run", {}],
  [exitCodes.unusable, "no job", `run ${jobs}/no_default.js`, { input: "1\n" }],
  [exitCodes.unusable, "no input", `run ${jobs}/echo.js /nosuch`, {}],
  [exitCodes.unusable, "missing journal", `run ${jobs}/echo.js --resume=/nosuch`, { input: "1\n" }],
  [exitCodes.notWritten, "a full disk", `run ${jobs}/echo.js`, { input: "1\n", wrap: linux ? fullDisk : undefined }],
  [exitCodes.gaveUp, "threads keep crashing", `run ${jobs}/nobodys_errors.js -j1`, { input: "1\n".repeat(50) }],
];

for (const [code, why, line, start] of provoked) {
  const ignore = code === exitCodes.notWritten && !linux;
  testEach(`exit ${code}: ${why}`, async (program) => {
    const ended = await run(program, line.split(" "), start);
    assertEquals(ended.code, code, ended.stderr);
    const [, said] = /\(exit (\d+)\)/.exec(ended.stderr) ?? [];
    if (said !== undefined) assertEquals(Number(said), code, "the summary names another code");
  }, ignore);
}

Deno.test("exit 70: an internal error, with its stack", async () => {
  const [file, ...args] = [Deno.execPath(), "run", "--frozen", "--cached-only", "--no-prompt", "--allow-all"];
  const fixture = new URL("../fixtures/internal_error.ts", import.meta.url).pathname;
  const { code, stderr } = await new Deno.Command(file, { args: [...args, fixture] }).output();
  assertEquals(code, exitCodes.internal);
  assertMatch(
    new TextDecoder().decode(stderr),
    /^tandem: internal error, please report it: RangeError: off by one\n +at /,
  );
});

testEach("| head: exit 0", async (program: Program) => {
  const running = spawn(program, ["run", `${jobs}/echo.js`, "-q"], { input: endless() });
  await running.lines(1);
  await running.closeStdout();
  assertEquals((await running.ended()).code, exitCodes.ok);
});

function* endless() {
  const lines = new TextEncoder().encode("1\n".repeat(10_000));
  while (true) yield lines;
}

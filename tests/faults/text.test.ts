import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { errorRecords, inTerminal, linux, testBothIsolations, testFault } from "./fault.ts";

const row = "a job's text with ESC, CR, bidi marks";

/** Turns colours on, goes back to the line's start, rings, and turns the direction of text. */
const hostile = "a\x1b[31mb\rc\x07d\x7fe\x9bf\u202eg\u2066h\u200fi\u061cj";
// deno-lint-ignore no-control-regex -- these are what must not come
const unprintable = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/;

/** A terminal's text without what was erased: on a busy machine progress is shown before the first record. */
function plain(stdout: string): string {
  // deno-lint-ignore no-control-regex -- it erases a line
  return stdout.replaceAll("\r\n", "\n").replace(/[^\n]*\r\x1b\[K/g, "");
}

for (const isolate of ["--isolate=worker", "--isolate=process"]) {
  testFault(
    row,
    `results and error records on a terminal are escaped, and mean the same, ${isolate}`,
    async (scene) => {
      const { run, folder } = scene;
      const job = `export default (i) => { if (i % 2) throw new Error(${JSON.stringify(hostile)}); return ${
        JSON.stringify(hostile)
      }; }`;
      Deno.writeTextFileSync(`${folder}/input`, "1\n2\n");
      const { stdout } = await run(job, [`${folder}/input`, isolate, "-j1"], { wrap: inTerminal() });
      const said = plain(stdout);
      assert(!unprintable.test(said), JSON.stringify(said));
      const [record] = errorRecords(said);
      assertEquals(record.error.message, hostile);
      assertEquals(JSON.parse(said.split("\n").find((line) => line.startsWith('"')) ?? ""), hostile);
    },
    !linux,
  );
}

testFault(row, "strings as they are are escaped on a terminal too", async ({ run, folder }) => {
  const job = `export default () => ${JSON.stringify(`${hostile}\t.`)}`;
  Deno.writeTextFileSync(`${folder}/input`, "1\n");
  const { stdout } = await run(job, [`${folder}/input`, "--output=lines", "-q"], { wrap: inTerminal() });
  const said = plain(stdout);
  assert(!unprintable.test(said), JSON.stringify(said));
  assertStringIncludes(said, "\\u{1b}[31mb\\u{d}c");
  assertStringIncludes(said, "\t.\n");
}, !linux);

testFault(row, "--null, --errors=inline: records are escaped, what separates them stays", async ({ run, folder }) => {
  const job = `export default (i) => { if (i === 2) throw ${JSON.stringify(hostile)}; return ${
    JSON.stringify(hostile)
  }; }`;
  Deno.writeTextFileSync(`${folder}/input`, "1\x002\x00");
  const flags = [`${folder}/input`, "-0", "--errors=inline", "-q"];
  const { stdout } = await run(job, flags, { wrap: inTerminal() });
  const [value, error, end] = plain(stdout).split("\0");
  assert(!unprintable.test(value + error), JSON.stringify(stdout));
  assertEquals([JSON.parse(value), JSON.parse(error).error.message, end], [hostile, `thrown: ${hostile}`, ""]);
}, !linux);

testFault(row, "what is said of a job that cannot be loaded is escaped, on one line", async ({ run }) => {
  const { code, stderr } = await run(`throw new Error(${JSON.stringify(hostile)})`, [], { input: "1\n" });
  assertEquals([code, stderr.trim().split("\n").length], [2, 1]);
  assert(!unprintable.test(stderr.trim()), JSON.stringify(stderr));
});

testBothIsolations(row, "in a pipe results are as they are", async ({ run }, isolate) => {
  const job = `export default () => ${JSON.stringify(hostile)}`;
  const { stdout } = await run(job, ["--output=lines", isolate], { input: "1\n" });
  assertEquals(stdout, `${hostile}\n`);
});
